package io.flinkyarn.autoscaler.core.evaluate;

/** How the true processing rate of a vertex was estimated. */
public enum Estimator {
    /** Records in over busy time (DS2). */
    BUSY_TIME("busy time"),
    /** Measured at a source while it caught up or was back-pressured. */
    OBSERVED("what the source was seen to read"),
    /** Not estimated: a custom evaluator says so. */
    EVALUATOR("what a custom evaluator says"),
    /** Neither is known. */
    UNKNOWN("nothing");

    private final String sentence;

    Estimator(String sentence) {
        this.sentence = sentence;
    }

    /** What the estimate rests on, for people. */
    public String sentence() {
        return sentence;
    }
}
