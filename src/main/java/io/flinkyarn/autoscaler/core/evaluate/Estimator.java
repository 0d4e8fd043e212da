package io.flinkyarn.autoscaler.core.evaluate;

/** How the true processing rate of a vertex was estimated. */
public enum Estimator {
    /** Records in over busy time (DS2). */
    BUSY_TIME,
    /** Measured at a source while it caught up or was back-pressured. */
    OBSERVED,
    /** Neither is known. */
    UNKNOWN
}
