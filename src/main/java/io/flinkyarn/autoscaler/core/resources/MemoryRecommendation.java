package io.flinkyarn.autoscaler.core.resources;

import io.flinkyarn.autoscaler.core.evaluate.Known;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.MemoryTuning;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.TaskManagerSize;
import io.flinkyarn.autoscaler.core.window.JobMetric;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * How much memory a TaskManager of a job should have, by what is used of it. Advice: Flink fixes the memory of a TaskManager when its container
 * is requested, and rescaling in place does not change it. Made by the step, read by the events. All in bytes; empty: not known.
 *
 * @param heapToday what it may grow to now
 * @param compensation what the heap was multiplied by for fewer TaskManagers; 1: nothing
 */
public record MemoryRecommendation(
        OptionalDouble heap,
        OptionalDouble heapToday,
        OptionalDouble managed,
        OptionalDouble metaspace,
        double compensation) {

    /**
     * What is recommended for the job after the changes; empty where tuning is off, or nothing is known of the memory.
     *
     * <pre>
     *   heap      = used · (1 + overhead) · max(1, TaskManagers today / TaskManagers after the changes)
     *   metaspace = used · (1 + overhead)
     *   managed   = used, and max(0, heap today − heap) where it is to be maximized and anything uses it
     * </pre>
     *
     * Each use is the mean over the window of the largest use of a TaskManager. Managed memory is reserved, not grown into: it needs no
     * head-room. The state of the TaskManagers that go is taken over by those that stay, hence the last factor, which can be switched off, and
     * is 1 where the slots of the job are not known.
     *
     * @param changes asked for only where they are needed
     */
    public static Optional<MemoryRecommendation> of(
            MetricsWindow window,
            JobGraph graph,
            Supplier<Map<VertexId, Integer>> changes,
            MemoryTuning tuning,
            TaskManagerSize size) {
        if (!tuning.enabled()) {
            return Optional.empty();
        }
        double headRoom = 1 + tuning.overhead();
        double compensation = tuning.scaleDownCompensation() ? compensation(graph, changes.get(), size) : 1;
        double heapToday = window.average(JobMetric.HEAP_MAX);
        double heap = window.average(JobMetric.HEAP_USED) * headRoom * compensation;
        double metaspace = window.average(JobMetric.METASPACE_USED) * headRoom;
        double managed = window.average(JobMetric.MANAGED_USED);
        double saved = heapToday - heap;
        if (tuning.maximizeManaged() && managed > 0 && saved > 0) {
            managed += saved;
        }
        return Double.isNaN(heap) && Double.isNaN(metaspace) && Double.isNaN(managed)
                ? Optional.empty()
                : Optional.of(new MemoryRecommendation(
                        Known.of(heap), Known.of(heapToday), Known.of(managed), Known.of(metaspace), compensation));
    }

    private static double compensation(JobGraph graph, Map<VertexId, Integer> changes, TaskManagerSize size) {
        OptionalInt today = SlotDemand.of(graph, Map.of());
        OptionalInt planned = SlotDemand.of(graph, changes);
        if (today.isEmpty() || planned.isEmpty() || planned.getAsInt() == 0) {
            return 1;
        }
        double fewer = (double) size.needed(today.getAsInt()) / size.needed(planned.getAsInt());
        return Math.max(1, fewer);
    }
}
