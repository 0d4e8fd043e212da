package io.flinkyarn.autoscaler.core.decide;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.plugin.AlignmentMethod;
import io.flinkyarn.autoscaler.core.plugin.AlignmentMethod.Wish;
import io.flinkyarn.autoscaler.core.plugin.Plugged;
import io.flinkyarn.autoscaler.core.policy.AlignmentMode;
import java.util.OptionalInt;

/**
 * Fits a parallelism to what is dealt out to the subtasks of a vertex: source partitions, or the key groups of a keyed input. A subtask more
 * helps only if it makes the largest share smaller.
 *
 * @param parallelism that fits, or the one asked for where none does
 * @param limited whether the fallback of the deprecated modes changed what was asked for
 */
record Alignment(int parallelism, boolean limited) {

    /**
     * Fits {@code wish} of the vertex at {@code position}; a vertex that nothing is dealt out to keeps it.
     *
     * @param wish differs from today's parallelism
     */
    static Alignment of(JobGraph graph, int position, int wish, ParallelismBounds bounds, AlignmentMode mode) {
        OptionalInt shares = shares(graph, position);
        if (mode == AlignmentMode.OFF || shares.isEmpty()) {
            return new Alignment(wish, false);
        }
        return new Search(shares.getAsInt(), graph.vertex(position).parallelism(), wish, bounds, mode).result();
    }

    /** The same by a method that others have written; what would turn the direction round blocks the change. */
    static Alignment of(
            JobGraph graph, int position, int wish, ParallelismBounds bounds, Plugged<AlignmentMethod> method) {
        OptionalInt shares = shares(graph, position);
        if (shares.isEmpty()) {
            return new Alignment(wish, false);
        }
        JobVertex vertex = graph.vertex(position);
        int today = vertex.parallelism();
        Wish asked =
                new Wish(vertex.id(), vertex.name(), today, wish, shares.getAsInt(), bounds.lower(), bounds.upper());
        int aligned = bounds.clamp(method.ask(plugin -> plugin.align(asked, method.parameters())));
        boolean turned = wish > today ? aligned < today : aligned > today;
        return new Alignment(turned ? today : aligned, false);
    }

    /** How many partitions or key groups are dealt out to the subtasks of a vertex; empty where nothing is. */
    private static OptionalInt shares(JobGraph graph, int position) {
        JobVertex vertex = graph.vertex(position);
        if (graph.isSource(position) && vertex.sourcePartitions().isPresent()) {
            return vertex.sourcePartitions();
        }
        return graph.hasHashInput(position) ? OptionalInt.of(vertex.maxParallelism()) : OptionalInt.empty();
    }

    /**
     * @param shares N: how many partitions or key groups there are
     * @param today p
     * @param wish p'
     */
    private record Search(int shares, int today, int wish, ParallelismBounds bounds, AlignmentMode mode) {

        /**
         * <pre>
         *   up from p' to min(N, upper), or to min(p, N, upper) for a scale-down, the first q with
         *     N mod q = 0, or also ⌊N/q⌋ &lt; ⌊N/p'⌋ where only the largest share counts
         * </pre>
         */
        Alignment result() {
            int cap = Math.min(shares, bounds.upper());
            int end = wish > today ? cap : Math.min(today, cap);
            for (int q = wish; q <= end; q++) {
                if (shares % q == 0 || (!onlyDivisors() && shares / q < shares / wish)) {
                    return new Alignment(q, false);
                }
            }
            return switch (mode) {
                case BALANCED, EVENLY_SPREAD, OFF -> new Alignment(wish, false);
                case ADJUST_EVENLY_SPREAD, ADJUST_MAXIMIZE_UTILISATION -> fallback();
            };
        }

        private boolean onlyDivisors() {
            return switch (mode) {
                case EVENLY_SPREAD, ADJUST_EVENLY_SPREAD -> true;
                case BALANCED, ADJUST_MAXIMIZE_UTILISATION, OFF -> false;
            };
        }

        /**
         * The deprecated modes then go down from p' to the first q with a larger share, ⌊N/q⌋ > ⌊N/p'⌋, and back up by one if q is no
         * divisor of N: that many subtasks fewer have the same largest share. A scale-up that would turn into a scale-down is blocked.
         */
        private Alignment fallback() {
            int q = Math.min(wish, shares);
            while (q > 1 && shares / q <= shares / wish) {
                q--;
            }
            if (shares % q != 0) {
                q++;
            }
            int aligned = Math.max(q, bounds.lower());
            boolean turned = wish > today && aligned < today;
            return new Alignment(turned ? today : aligned, aligned != wish);
        }
    }
}
