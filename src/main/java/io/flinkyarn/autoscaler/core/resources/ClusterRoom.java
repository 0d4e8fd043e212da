package io.flinkyarn.autoscaler.core.resources;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.VertexId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Holds the slots that a plan needs against those that the cluster can still give. */
public final class ClusterRoom {

    private ClusterRoom() {}

    /**
     * What is lacking, as a sentence for people. Empty where the changes fit, where the job would need no more slots than today, and where
     * its slots or the room are not known.
     *
     * <pre>
     *   slots after the changes − slots today > room
     * </pre>
     *
     * @param room slots beyond those that the job has now
     */
    public static Optional<String> lacking(JobGraph graph, Map<VertexId, Integer> changes, OptionalInt room) {
        if (room.isEmpty()) {
            return Optional.empty();
        }
        OptionalInt today = SlotDemand.of(graph, Map.of());
        OptionalInt planned = SlotDemand.of(graph, changes);
        if (today.isEmpty() || planned.isEmpty()) {
            return Optional.empty();
        }
        int more = planned.getAsInt() - today.getAsInt();
        return more > 0 && more > room.getAsInt()
                ? Optional.of("the plan needs " + planned.getAsInt() + " slots, " + more
                        + " more than today, and there is room for " + room.getAsInt() + " more")
                : Optional.empty();
    }
}
