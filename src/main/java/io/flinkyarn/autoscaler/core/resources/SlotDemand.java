package io.flinkyarn.autoscaler.core.resources;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** How many slots a job takes: subtasks of one slot sharing group share them, groups do not. */
public final class SlotDemand {

    private SlotDemand() {}

    /**
     * Slots at today's parallelism, with the given changes made. Empty where Flink does not tell the group of a vertex.
     *
     * <pre>
     *   slots = Σ over the groups of the largest parallelism in the group
     * </pre>
     */
    public static OptionalInt of(JobGraph graph, Map<VertexId, Integer> changes) {
        Map<String, Integer> largest = new HashMap<>();
        for (JobVertex vertex : graph.vertices()) {
            if (vertex.finished()) {
                continue;
            }
            if (vertex.slotSharingGroup().isEmpty()) {
                return OptionalInt.empty();
            }
            int parallelism = changes.getOrDefault(vertex.id(), vertex.parallelism());
            largest.merge(vertex.slotSharingGroup().get(), parallelism, Math::max);
        }
        return OptionalInt.of(
                largest.values().stream().mapToInt(Integer::intValue).sum());
    }
}
