package io.flinkyarn.autoscaler.core.decide;

/** Which rule cut the raw target of a vertex. */
public enum Limit {
    NONE("nothing"),
    SCALE_UP_MAX_FACTOR("scale-up.max-factor"),
    SCALE_DOWN_MAX_FACTOR("scale-down.max-factor"),
    MIN_PARALLELISM("vertex.min-parallelism"),
    MAX_PARALLELISM("vertex.max-parallelism"),
    MAX_PARALLELISM_CAP("an administrator's cap on vertex.max-parallelism"),
    KEY_GROUPS("the max parallelism of the vertex"),
    SOURCE_PARTITIONS("the number of source partitions");

    private final String sentence;

    Limit(String sentence) {
        this.sentence = sentence;
    }

    /** What set the limit, for people. */
    public String sentence() {
        return sentence;
    }
}
