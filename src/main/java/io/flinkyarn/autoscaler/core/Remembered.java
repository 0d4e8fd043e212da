package io.flinkyarn.autoscaler.core;

import io.flinkyarn.autoscaler.core.decide.Decision.Rescale;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.PastScaling;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.RescaleHistory;
import io.flinkyarn.autoscaler.core.state.RestartTimes;
import io.flinkyarn.autoscaler.core.state.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the state of a job keeps of a rescale that has just been decided: its target, and what later decisions learn from. */
final class Remembered {

    private Remembered() {}

    static JobState of(Rescale rescale, JobState before, ScalingPolicy policy, Instant now) {
        RestartTimes restarts = new RestartTimes(before.restarts())
                .within(policy.history(), now)
                .begin(now);
        RescaleHistory history = with(new RescaleHistory(before.history()), rescale.verdicts(), now);
        return before.withPendingScaleDowns(Map.of())
                .withHistory(history.within(policy.history(), now))
                .withRestarts(restarts)
                .withReconciliation(Reconciliation.requested(now, rescale.plan().targets()))
                .standingAt(Standing.RESCALED, now);
    }

    private static RescaleHistory with(RescaleHistory before, List<Verdict> verdicts, Instant now) {
        RescaleHistory history = before;
        for (Verdict v : verdicts) {
            if (v.changes()) {
                history = history.with(
                        v.vertex(),
                        new PastScaling(
                                now,
                                v.parallelism(),
                                v.newParallelism(),
                                v.trueProcessingRate().orElseThrow(),
                                v.expectedProcessingRate().orElseThrow()));
            }
        }
        return history;
    }
}
