package io.flinkyarn.autoscaler.core.resources;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.sample.Clearance.Room;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Holds the slots that a plan needs against those that the cluster can still give, and cuts the plan to them. */
public final class ClusterRoom {

    private ClusterRoom() {}

    /** A slot sharing group that would grow, and what it gets of that. */
    private record Growth(String group, int today, int wanted, int granted) {

        Growth oneMore() {
            return new Growth(group, today, wanted, granted + 1);
        }

        boolean isWhole() {
            return granted == wanted;
        }

        double share() {
            return (double) granted / wanted;
        }
    }

    /** Slots that the changes need beyond those of today, at most 0 if none; empty where Flink does not tell the group of a vertex. */
    public static OptionalInt more(JobGraph graph, Map<VertexId, Integer> changes) {
        OptionalInt today = SlotDemand.of(graph, Map.of());
        OptionalInt planned = SlotDemand.of(graph, changes);
        return today.isEmpty() || planned.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(planned.getAsInt() - today.getAsInt());
    }

    /**
     * What is lacking, as a sentence for people. Empty where the changes fit, where the job would need no more slots than today, and where
     * its slots are not known.
     *
     * <pre>
     *   slots after the changes − slots today > room
     * </pre>
     */
    public static Optional<String> lacking(JobGraph graph, Map<VertexId, Integer> changes, Room room) {
        OptionalInt more = more(graph, changes);
        return more.isPresent() && more.getAsInt() > 0 && more.getAsInt() > room.slots()
                ? Optional.of("the plan needs "
                        + SlotDemand.of(graph, changes).orElseThrow()
                        + " slots, " + more.getAsInt() + " more than today, and there is room for " + room.slots()
                        + " more: " + room.why())
                : Optional.empty();
    }

    /**
     * The changes, cut to the room. What shrinks, shrinks as planned, and its slots go to what grows; no vertex gets less than it has. Within
     * a slot sharing group only the parallelism above the slots that the group gets is cut, as the others cost nothing; several groups that
     * grow share the room in proportion to what they want.
     *
     * @return by vertex, where nothing is left of a change, today's parallelism
     */
    public static Map<VertexId, Integer> cut(JobGraph graph, Map<VertexId, Integer> changes, int room) {
        Map<String, Growth> growing = growing(graph, changes);
        int wanted = growing.values().stream().mapToInt(Growth::wanted).sum();
        int left = wanted + room - more(graph, changes).orElse(0);
        while (left > 0 && growing.values().stream().anyMatch(group -> !group.isWhole())) {
            Growth next = growing.values().stream()
                    .filter(group -> !group.isWhole())
                    .min(Comparator.comparing(Growth::share).thenComparing(Growth::group))
                    .orElseThrow();
            growing.put(next.group(), next.oneMore());
            left--;
        }
        Map<VertexId, Integer> cut = new HashMap<>();
        for (JobVertex vertex : graph.vertices()) {
            Integer target = changes.get(vertex.id());
            if (target != null) {
                Optional<Growth> group = vertex.slotSharingGroup().map(growing::get);
                cut.put(
                        vertex.id(),
                        group.map(g -> Math.min(target, g.today() + g.granted()))
                                .orElse(target));
            }
        }
        return cut;
    }

    private static Map<String, Growth> growing(JobGraph graph, Map<VertexId, Integer> changes) {
        Map<String, Integer> today = SlotDemand.byGroup(graph, Map.of());
        Map<String, Growth> growing = new HashMap<>();
        SlotDemand.byGroup(graph, changes).forEach((group, slots) -> {
            int now = today.getOrDefault(group, 0);
            if (slots > now) {
                growing.put(group, new Growth(group, now, slots - now, 0));
            }
        });
        return growing;
    }
}
