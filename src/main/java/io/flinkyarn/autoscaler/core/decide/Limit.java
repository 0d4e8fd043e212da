package io.flinkyarn.autoscaler.core.decide;

/** Which rule cut the raw target of a vertex. */
public enum Limit {
    NONE,
    SCALE_UP_MAX_FACTOR,
    SCALE_DOWN_MAX_FACTOR,
    MIN_PARALLELISM,
    MAX_PARALLELISM,
    KEY_GROUPS,
    SOURCE_PARTITIONS
}
