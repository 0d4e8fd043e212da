package io.flinkyarn.autoscaler.core;

import io.flinkyarn.autoscaler.core.decide.Proposal;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.plugin.Plugged;
import io.flinkyarn.autoscaler.core.plugin.ScalingExecutor;
import io.flinkyarn.autoscaler.core.plugin.ScalingExecutor.Change;
import io.flinkyarn.autoscaler.core.plugin.ScalingExecutor.Instead;
import io.flinkyarn.autoscaler.core.plugin.ScalingExecutor.Opinion;
import io.flinkyarn.autoscaler.core.plugin.ScalingExecutor.Request;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the scaling executors of a job make of a proposal: each is asked about what the one before has left, until one refuses or nothing is
 * left.
 *
 * @param refused who refuses, and why; empty where nobody does
 */
record Executors(Proposal proposal, Optional<Refusal> refused) {

    /** @param executor its name in the configuration */
    record Refusal(String executor, String why) {}

    /** @throws io.flinkyarn.autoscaler.core.plugin.PluginFailure if one fails, or answers what cannot be carried out */
    static Executors ask(List<Plugged<ScalingExecutor>> executors, Proposal proposal, Limits limits, Instant now) {
        Executors result = new Executors(proposal, Optional.empty());
        for (Plugged<ScalingExecutor> executor : executors) {
            if (result.refused.isEmpty()) {
                result = ask(executor, result.proposal, limits, now);
            }
        }
        return result;
    }

    private static Executors ask(Plugged<ScalingExecutor> executor, Proposal proposal, Limits limits, Instant now) {
        List<Change> changes = proposal.verdicts().stream()
                .filter(Verdict::changes)
                .map(verdict -> change(verdict, limits))
                .toList();
        Opinion opinion = executor.ask(plugin -> plugin.judge(new Request(changes, now), executor.parameters()));
        return opinion.match(
                agree -> new Executors(proposal, Optional.empty()),
                veto -> new Executors(proposal, Optional.of(new Refusal(executor.name(), veto.why()))),
                instead -> instead(executor, proposal, changes, instead));
    }

    private static Executors instead(
            Plugged<ScalingExecutor> executor, Proposal proposal, List<Change> changes, Instead instead) {
        Map<VertexId, Change> planned = changes.stream().collect(Collectors.toMap(Change::vertex, c -> c));
        instead.parallelism().forEach((vertex, to) -> {
            Change change = planned.get(vertex);
            if (change == null) {
                throw executor.failure("changes vertex " + vertex + ", which is not in the rescale");
            }
            if (to < 1 || to > change.maxParallelism()) {
                throw executor.failure(
                        "sets vertex " + change.name() + " to " + to + ", expected 1 to " + change.maxParallelism());
            }
        });
        Proposal left = proposal.otherwise(instead.parallelism());
        Optional<Refusal> nothingLeft = left.plan().isPresent()
                ? Optional.empty()
                : Optional.of(new Refusal(executor.name(), "it leaves nothing of the plan"));
        return new Executors(left, nothingLeft);
    }

    private static Change change(Verdict v, Limits limits) {
        return new Change(
                v.vertex(),
                v.name(),
                v.parallelism(),
                v.newParallelism(),
                limits.highest(v.parallelism(), v.maxParallelism()),
                v.targetRate(),
                v.trueProcessingRate());
    }
}
