package io.flinkyarn.autoscaler.core.decide;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.state.GoodParallelism;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From what was good before to parallelism: what would be done about a job that was submitted anew, whatever its rates will be. */
public final class Restoration {

    private Restoration() {}

    /** The bounds of today hold, and vertices that are not to be scaled stay as they were submitted. */
    public static Proposal of(JobGraph graph, GoodParallelism good, ScalingPolicy policy) {
        List<Verdict> verdicts = new ArrayList<>(graph.size());
        for (int i = 0; i < graph.size(); i++) {
            JobVertex vertex = graph.vertex(i);
            if (vertex.finished()) {
                verdicts.add(Verdict.unmeasured(vertex, VertexOutcome.FINISHED));
            } else if (policy.excludedVertices().covers(vertex)) {
                verdicts.add(Verdict.unmeasured(vertex, VertexOutcome.EXCLUDED));
            } else {
                ParallelismBounds bounds = ParallelismBounds.of(vertex, graph.isSource(i), policy.limits());
                int before = good.byVertex().getOrDefault(vertex.id(), vertex.parallelism());
                verdicts.add(verdict(vertex, before, bounds));
            }
        }
        return new Proposal(Trigger.RESTORE, verdicts, true, List.of(), List.of(), Map.of());
    }

    private static Verdict verdict(JobVertex vertex, int before, ParallelismBounds bounds) {
        int limited = bounds.clamp(before);
        return Verdict.unmeasured(vertex, VertexOutcome.UNCHANGED).restored(before, limited, bounds.limit(before));
    }
}
