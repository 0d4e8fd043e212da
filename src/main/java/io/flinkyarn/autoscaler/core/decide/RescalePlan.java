package io.flinkyarn.autoscaler.core.decide;

import io.flinkyarn.autoscaler.core.job.VertexId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The changes of one rescale: all of them together, or none. Never empty. */
public record RescalePlan(List<Change> changes) {

    /** One vertex of the plan. */
    public record Change(VertexId vertex, int from, int to) {

        public Change {
            if (from < 1 || to < 1 || from == to) {
                throw new IllegalArgumentException("vertex " + vertex + " cannot change from " + from + " to " + to);
            }
        }
    }

    public RescalePlan {
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("a plan without changes is no plan");
        }
        changes = changes.stream().sorted(Comparator.comparing(Change::vertex)).toList();
    }

    /** Parallelism per vertex, for the vertices that change. */
    public Map<VertexId, Integer> targets() {
        return changes.stream().collect(Collectors.toMap(Change::vertex, Change::to, (a, b) -> b, TreeMap::new));
    }
}
