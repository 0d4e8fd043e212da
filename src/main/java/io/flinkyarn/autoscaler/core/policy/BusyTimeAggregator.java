package io.flinkyarn.autoscaler.core.policy;

/** How the busy time of a vertex is aggregated over its subtasks. */
public enum BusyTimeAggregator {
    MAX,
    AVG,
    MIN
}
