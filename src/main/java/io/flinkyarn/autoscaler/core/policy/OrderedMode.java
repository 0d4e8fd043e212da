package io.flinkyarn.autoscaler.core.policy;

/**
 * The mode that a person has ordered for a job. It wins over all that is written about the job but the caps of an administrator.
 *
 * @param by who has ordered it, since when and why, for people
 */
public record OrderedMode(Mode mode, String by) {

    /** What may be done with the job. */
    public enum Mode {
        /** Nothing. */
        OFF,
        /** Only recommendations. */
        OBSERVE,
        SCALE
    }
}
