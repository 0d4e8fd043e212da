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
        boolean known = graph.vertices().stream()
                .allMatch(
                        vertex -> vertex.finished() || vertex.slotSharingGroup().isPresent());
        return known
                ? OptionalInt.of(byGroup(graph, changes).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                : OptionalInt.empty();
    }

    /** The same by group; without the vertices of which Flink does not tell the group. */
    static Map<String, Integer> byGroup(JobGraph graph, Map<VertexId, Integer> changes) {
        Map<String, Integer> largest = new HashMap<>();
        for (JobVertex vertex : graph.vertices()) {
            if (!vertex.finished() && vertex.slotSharingGroup().isPresent()) {
                int parallelism = changes.getOrDefault(vertex.id(), vertex.parallelism());
                largest.merge(vertex.slotSharingGroup().get(), parallelism, Math::max);
            }
        }
        return largest;
    }
}
