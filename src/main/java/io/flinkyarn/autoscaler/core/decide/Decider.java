package io.flinkyarn.autoscaler.core.decide;

import io.flinkyarn.autoscaler.core.evaluate.Evaluation;
import io.flinkyarn.autoscaler.core.evaluate.VertexEvaluation;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.state.PastScaling;
import io.flinkyarn.autoscaler.core.state.PendingScaleDown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From rates to parallelism: what would be done about a job, by its rates alone. */
public final class Decider {

    private final JobGraph graph;
    private final ScalingPolicy policy;
    private final Map<VertexId, List<PastScaling>> history;
    private final Map<VertexId, PendingScaleDown> pending;
    private final Instant now;

    /**
     * @param history of each vertex, oldest first, as far as the policy looks back
     * @param pending scale-downs that wait
     */
    public Decider(
            JobGraph graph,
            ScalingPolicy policy,
            Map<VertexId, List<PastScaling>> history,
            Map<VertexId, PendingScaleDown> pending,
            Instant now) {
        this.graph = graph;
        this.policy = policy;
        this.history = history;
        this.pending = pending;
        this.now = now;
    }

    /** @param evaluation of the same job graph */
    public Proposal decide(Evaluation evaluation) {
        List<Verdict> verdicts = new ArrayList<>(graph.size());
        List<Verdict> ineffective = new ArrayList<>(0);
        List<Verdict> limited = new ArrayList<>(0);
        Map<VertexId, PendingScaleDown> waiting = new HashMap<>();
        boolean justified = false;
        for (int i = 0; i < graph.size(); i++) {
            VertexProposal proposal = decide(i, evaluation.vertices().get(i));
            Verdict verdict = proposal.verdict();
            verdicts.add(verdict);
            justified |= verdict.changes() && proposal.justifies();
            if (proposal.ineffective()) {
                ineffective.add(verdict);
            }
            if (proposal.limitedByAlignment()) {
                limited.add(verdict);
            }
            proposal.pending().ifPresent(p -> waiting.put(verdict.vertex(), p));
        }
        return new Proposal(Trigger.METRICS, verdicts, justified, ineffective, limited, waiting);
    }

    private VertexProposal decide(int position, VertexEvaluation rates) {
        JobVertex vertex = graph.vertex(position);
        Optional<PendingScaleDown> before = Optional.ofNullable(pending.get(vertex.id()));
        List<PastScaling> past = history.getOrDefault(vertex.id(), List.of());
        return new VertexDecision(graph, position, rates, policy, past, before, now).proposal();
    }
}
