package io.flinkyarn.autoscaler.core.state;

import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The executed changes of one job.
 *
 * @param byVertex oldest first
 */
public record RescaleHistory(Map<VertexId, List<PastScaling>> byVertex) {

    public RescaleHistory {
        byVertex = Map.copyOf(byVertex);
    }

    /** What the policy looks back on. */
    public RescaleHistory within(ScalingPolicy.History policy, Instant now) {
        if (byVertex.isEmpty()) {
            return this;
        }
        Instant oldest = now.minus(policy.maxAge());
        Map<VertexId, List<PastScaling>> kept = new HashMap<>();
        byVertex.forEach((vertex, changes) -> {
            List<PastScaling> young =
                    changes.stream().filter(c -> !c.at().isBefore(oldest)).toList();
            if (!young.isEmpty()) {
                kept.put(vertex, young.subList(Math.max(0, young.size() - policy.maxCount()), young.size()));
            }
        });
        return new RescaleHistory(kept);
    }

    /** This without the changes that were decided at the given time. */
    RescaleHistory without(Instant decidedAt) {
        Map<VertexId, List<PastScaling>> kept = new HashMap<>();
        byVertex.forEach((vertex, changes) -> {
            List<PastScaling> others =
                    changes.stream().filter(c -> !c.at().equals(decidedAt)).toList();
            if (!others.isEmpty()) {
                kept.put(vertex, others);
            }
        });
        return new RescaleHistory(kept);
    }

    /** This and one more change of each of these vertices. */
    public RescaleHistory with(Map<VertexId, PastScaling> latest) {
        Map<VertexId, List<PastScaling>> more = new HashMap<>(byVertex);
        latest.forEach((vertex, change) -> {
            List<PastScaling> changes = new ArrayList<>(more.getOrDefault(vertex, List.of()));
            changes.add(change);
            more.put(vertex, changes);
        });
        return new RescaleHistory(more);
    }
}
