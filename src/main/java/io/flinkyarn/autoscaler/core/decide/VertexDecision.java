package io.flinkyarn.autoscaler.core.decide;

import io.flinkyarn.autoscaler.core.evaluate.VertexEvaluation;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.state.PastScaling;
import io.flinkyarn.autoscaler.core.state.PendingScaleDown;
import io.flinkyarn.autoscaler.core.state.PendingScaleDown.Wish;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The decision about one vertex, rule by rule.
 *
 * @param past decisions about it, oldest first
 * @param pending its scale-down that waits
 */
record VertexDecision(
        JobGraph graph,
        int position,
        VertexEvaluation rates,
        ScalingPolicy policy,
        List<PastScaling> past,
        Optional<PendingScaleDown> pending,
        Instant now) {

    /** A vertex that is at least this busy does all it can: no estimate that calls it too fast is believed. */
    private static final double FULLY_BUSY = 0.95;

    VertexProposal proposal() {
        JobVertex vertex = vertex();
        if (policy.excludedVertices().covers(vertex)) {
            return untouched(VertexOutcome.EXCLUDED);
        }
        if (vertex.finished()) {
            return untouched(VertexOutcome.FINISHED);
        }
        if (!rates.busyNow()) {
            return untouched(VertexOutcome.BUSY_TIME_UNKNOWN);
        }
        Optional<Wanted> wanted = Wanted.of(vertex, graph.isSource(position), rates, policy, past);
        if (wanted.isEmpty()) {
            return untouched(VertexOutcome.RATES_UNKNOWN);
        }
        return aligned(wanted.get());
    }

    private VertexProposal aligned(Wanted wanted) {
        int today = vertex().parallelism();
        if (wanted.limited() == today) {
            return unchanged(wanted, today, false);
        }
        Alignment alignment = policy.plugins()
                .alignment()
                .map(method -> Alignment.of(graph, position, wanted.limited(), wanted.bounds(), method))
                .orElseGet(() -> Alignment.of(graph, position, wanted.limited(), wanted.bounds(), policy.alignment()));
        int target = alignment.parallelism();
        if (target == today) {
            return unchanged(wanted, today, alignment.limited());
        }
        return target > today ? scaleUp(wanted, alignment) : scaleDown(wanted, alignment);
    }

    private VertexProposal scaleUp(Wanted wanted, Alignment alignment) {
        ScalingPolicy.Effectiveness effectiveness = policy.effectiveness();
        boolean ineffective = Effectiveness.lastScaleUpFailed(
                past, vertex().parallelism(), wanted.trueProcessingRate(), effectiveness.threshold());
        Verdict verdict = ineffective && effectiveness.blocking()
                ? wanted.verdict(alignment, vertex().parallelism(), VertexOutcome.INEFFECTIVE)
                : wanted.verdict(alignment, alignment.parallelism(), VertexOutcome.SCALE_UP);
        return new VertexProposal(verdict, rates.outsideBand(), ineffective, alignment.limited(), Optional.empty());
    }

    private VertexProposal scaleDown(Wanted wanted, Alignment alignment) {
        int today = vertex().parallelism();
        boolean outside = rates.outsideBand();
        if (rates.busyRatio().orElse(0) >= FULLY_BUSY) {
            Verdict verdict = wanted.verdict(alignment, today, VertexOutcome.FULLY_BUSY);
            return new VertexProposal(verdict, outside, false, alignment.limited(), Optional.empty());
        }
        if (policy.limits().scaleDownInterval().isZero()) {
            Verdict verdict = wanted.verdict(alignment, alignment.parallelism(), VertexOutcome.SCALE_DOWN);
            return new VertexProposal(verdict, outside, false, alignment.limited(), Optional.empty());
        }
        ScaleDownDelay delay = ScaleDownDelay.of(
                pending,
                new Wish(now, alignment.parallelism(), outside),
                policy.limits().scaleDownInterval());
        int target = delay.due().map(Wish::parallelism).orElse(today);
        boolean waits = delay.due().isEmpty() || target >= today;
        Verdict verdict = wanted.verdict(
                alignment, waits ? today : target, waits ? VertexOutcome.SCALE_DOWN_DELAYED : VertexOutcome.SCALE_DOWN);
        return new VertexProposal(
                verdict,
                delay.due().map(Wish::outsideBand).orElse(outside),
                false,
                alignment.limited(),
                Optional.of(delay.pending()));
    }

    /** Nothing to change: a scale-down that waited is off. */
    private VertexProposal unchanged(Wanted wanted, int today, boolean limitedByAlignment) {
        VertexOutcome outcome = limitedByAlignment ? VertexOutcome.ALIGNMENT_BLOCKED : VertexOutcome.UNCHANGED;
        Verdict verdict = wanted.verdict(new Alignment(today, limitedByAlignment), today, outcome);
        return new VertexProposal(verdict, false, false, limitedByAlignment, Optional.empty());
    }

    /** Nothing can be said about it now: what waits goes on waiting. */
    private VertexProposal untouched(VertexOutcome outcome) {
        return new VertexProposal(Verdict.undecided(vertex(), rates, outcome), false, false, false, pending);
    }

    private JobVertex vertex() {
        return graph.vertex(position);
    }
}
