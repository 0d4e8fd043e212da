package io.flinkyarn.autoscaler.core.decide;

import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Limits;

/**
 * Between which parallelism a vertex may be set. What it runs at today is always inside: a limit that is set later moves nothing by itself.
 *
 * @param upperLimit the rule that {@code upper} comes from
 */
public record ParallelismBounds(int lower, int upper, Limit upperLimit) {

    /**
     * <pre>
     *   lower = min(p, p_min)
     *   upper = min(key groups, max(p, p_max), max(p, partitions))      partitions of sources, where known
     * </pre>
     *
     * A subtask without a partition would be idle.
     */
    public static ParallelismBounds of(JobVertex vertex, boolean source, Limits limits) {
        int p = vertex.parallelism();
        int upper = Math.max(p, limits.maxParallelism());
        Limit rule = limits.maxParallelismIsCap() ? Limit.MAX_PARALLELISM_CAP : Limit.MAX_PARALLELISM;
        if (vertex.maxParallelism() <= upper) {
            upper = vertex.maxParallelism();
            rule = Limit.KEY_GROUPS;
        }
        int partitions = source ? Math.max(p, vertex.sourcePartitions().orElse(upper)) : upper;
        if (partitions < upper) {
            upper = partitions;
            rule = Limit.SOURCE_PARTITIONS;
        }
        return new ParallelismBounds(Math.min(Math.min(p, limits.minParallelism()), upper), upper, rule);
    }

    /** The rule that makes the difference between a parallelism and its {@link #clamp}. */
    Limit limit(int parallelism) {
        if (parallelism > upper) {
            return upperLimit;
        }
        return parallelism < lower ? Limit.MIN_PARALLELISM : Limit.NONE;
    }

    int clamp(int parallelism) {
        return Math.max(lower, Math.min(upper, parallelism));
    }
}
