package io.flinkyarn.autoscaler.core.decide;

import io.flinkyarn.autoscaler.core.decide.RescalePlan.Change;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.state.PendingScaleDown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What would be done about a job if nothing stood against it. Made by the decider, by the rates of the job, or by its restoration; the step checks whether it is allowed now.
 *
 * @param trigger what made the proposal
 * @param verdicts in the order of the job graph
 * @param justified whether one of the changes lies outside its utilization band: only then is the job rescaled, and then by all changes
 * @param ineffective vertices whose last scale-up brought too little, and that ask for another one
 * @param limitedByAlignment vertices whose parallelism a deprecated alignment mode cut
 * @param pendingScaleDowns scale-downs that wait from now on
 */
public record Proposal(
        Trigger trigger,
        List<Verdict> verdicts,
        boolean justified,
        List<Verdict> ineffective,
        List<Verdict> limitedByAlignment,
        Map<VertexId, PendingScaleDown> pendingScaleDowns) {

    public Proposal {
        verdicts = List.copyOf(verdicts);
        ineffective = List.copyOf(ineffective);
        limitedByAlignment = List.copyOf(limitedByAlignment);
        pendingScaleDowns = Map.copyOf(pendingScaleDowns);
    }

    /**
     * The same, but for what a scaling executor decided otherwise.
     *
     * @param parallelism of vertices that would change
     */
    public Proposal otherwise(Map<VertexId, Integer> parallelism) {
        return with(v -> v.otherwise(parallelism.getOrDefault(v.vertex(), v.newParallelism())));
    }

    /**
     * The same, but for what there is no room for.
     *
     * @param parallelism of vertices that would change
     */
    public Proposal cut(Map<VertexId, Integer> parallelism) {
        return with(v -> v.cut(parallelism.getOrDefault(v.vertex(), v.newParallelism())));
    }

    private Proposal with(UnaryOperator<Verdict> change) {
        return new Proposal(
                trigger,
                verdicts.stream().map(change).toList(),
                justified,
                ineffective,
                limitedByAlignment,
                pendingScaleDowns);
    }

    /** Whether what is left of the changes is worth a restart: one that lies outside its band, or anything that is restored. */
    public boolean isWorthIt() {
        return verdicts.stream().anyMatch(v -> v.changes() && (trigger == Trigger.RESTORE || v.outsideBand()));
    }

    /** All changes together; empty where nothing would change. */
    public Optional<RescalePlan> plan() {
        List<Change> changes = verdicts.stream()
                .filter(Verdict::changes)
                .map(v -> new Change(v.vertex(), v.parallelism(), v.newParallelism()))
                .toList();
        return changes.isEmpty() ? Optional.empty() : Optional.of(new RescalePlan(changes));
    }
}
