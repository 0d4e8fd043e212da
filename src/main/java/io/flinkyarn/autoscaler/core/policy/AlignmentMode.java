package io.flinkyarn.autoscaler.core.policy;

/** How a parallelism is fitted to the key groups or source partitions of a vertex. */
public enum AlignmentMode {
    /** The next parallelism that divides them, or that lowers the largest share of a subtask. */
    BALANCED,
    /** The next parallelism that divides them. */
    EVENLY_SPREAD,
    OFF,
    /** The deprecated {@code scaling.key-group.partitions.adjust.mode} EVENLY_SPREAD, with its fallback. */
    ADJUST_EVENLY_SPREAD,
    /** The deprecated {@code scaling.key-group.partitions.adjust.mode} MAXIMIZE_UTILISATION, with its fallback. */
    ADJUST_MAXIMIZE_UTILISATION
}
