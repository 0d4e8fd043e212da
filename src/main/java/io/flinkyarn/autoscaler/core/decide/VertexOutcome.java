package io.flinkyarn.autoscaler.core.decide;

/** What the decision says about one vertex. Whether the job is rescaled at all is the decision's matter. */
public enum VertexOutcome {
    SCALE_UP("scale up"),
    SCALE_DOWN("scale down"),
    RESTORED("it ran well so before the job was submitted anew"),
    UNCHANGED("its parallelism already fits"),
    /** The window is not ready for a decision, or the job as a whole is not touched. */
    NOT_DECIDED("not decided upon"),
    EXCLUDED("excluded by option"),
    FINISHED("finished"),
    BUSY_TIME_UNKNOWN("its busy time is not known"),
    RATES_UNKNOWN("its rates are not known"),
    SCALE_DOWN_DELAYED("its scale-down waits for the scale-down interval"),
    FULLY_BUSY("it is too busy to be scaled down"),
    INEFFECTIVE("its last scale-up did not help"),
    EXECUTOR("a scaling executor decided otherwise"),
    CUT("there is no room for more"),
    ALIGNMENT_BLOCKED("no aligned parallelism in the right direction");

    private final String sentence;

    VertexOutcome(String sentence) {
        this.sentence = sentence;
    }

    /** For people; lower case, without a full stop. */
    public String sentence() {
        return sentence;
    }
}
