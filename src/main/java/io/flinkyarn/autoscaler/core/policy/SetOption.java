package io.flinkyarn.autoscaler.core.policy;

/**
 * An option of a job that somebody has set, and the value that holds. Made by the reader of policies; shown to people.
 *
 * @param value in the form in which the default would be written; a secret in it is masked
 * @param where it was written, for people
 */
public record SetOption(String key, String value, By by, String where) {

    /** Who set it. Each wins over those before it. */
    public enum By {
        /** The daemon's own configuration, for all jobs. */
        DAEMON,
        /** A named policy. */
        POLICY,
        /** A tag of the YARN application. */
        TAG,
        /** The Flink configuration of the job. */
        JOB,
        /** A person, by an order that stands. */
        ORDER,
        /** The cap of a named policy, which no job can exceed. */
        CAP
    }
}
