package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;

/** What the autoscaler does with a job at all. */
public enum JobMode {
    UNKNOWN("not read yet"),
    OFF("not enabled"),
    INVALID("its options are invalid"),
    OBSERVING("recommendations only"),
    SCALING("scaling");

    private final String sentence;

    JobMode(String sentence) {
        this.sentence = sentence;
    }

    /** What it does with a job of these options, as long as nothing else is in the way. */
    public static JobMode of(JobFacts facts, ScalingPolicy policy) {
        if (!policy.enabled()) {
            return OFF;
        }
        return policy.scalingEnabled() && facts.rescalable() ? SCALING : OBSERVING;
    }

    /** For people; lower case, without a full stop. */
    public String sentence() {
        return sentence;
    }
}
