package io.flinkyarn.autoscaler.core;

import io.flinkyarn.autoscaler.core.decide.Decision.Rescale;
import io.flinkyarn.autoscaler.core.decide.Trigger;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.PastScaling;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.RescaleHistory;
import io.flinkyarn.autoscaler.core.state.RestartTimes;
import io.flinkyarn.autoscaler.core.state.Standing;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** What the state of a job keeps of a rescale that has just been decided: its target, and what later decisions learn from. */
final class Remembered {

    private Remembered() {}

    static JobState of(Rescale rescale, JobState before, ScalingPolicy policy, Instant now) {
        RestartTimes restarts = new RestartTimes(before.restarts())
                .within(policy.history(), now)
                .begin(now);
        RescaleHistory history = new RescaleHistory(before.history()).with(changes(rescale, now));
        JobState tried = rescale.trigger() == Trigger.RESTORE ? before.restoring() : before;
        return tried.withPendingScaleDowns(Map.of())
                .withHistory(history.within(policy.history(), now))
                .withRestarts(restarts)
                .withReconciliation(Reconciliation.requested(now, rescale.plan().targets()))
                .standingAt(Standing.RESCALED, now);
    }

    /** What may be learnt from: a restoration knows no rates. */
    private static Map<VertexId, PastScaling> changes(Rescale rescale, Instant now) {
        return rescale.verdicts().stream()
                .filter(v -> v.changes() && v.trueProcessingRate().isPresent())
                .collect(Collectors.toMap(
                        Verdict::vertex,
                        v -> new PastScaling(
                                now,
                                v.parallelism(),
                                v.newParallelism(),
                                v.trueProcessingRate().orElseThrow(),
                                v.expectedProcessingRate().orElseThrow())));
    }
}
