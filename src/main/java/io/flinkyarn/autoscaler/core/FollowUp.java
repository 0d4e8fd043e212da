package io.flinkyarn.autoscaler.core;

import io.flinkyarn.autoscaler.core.event.DecisionEvents;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.RescaleProgress;
import io.flinkyarn.autoscaler.core.state.RestartTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of the latest rescale of a job, by a new sample: the state that knows it, and the news to tell.
 *
 * @param waiting where the rescale is still under way
 */
record FollowUp(JobState state, Optional<RescaleProgress.Waiting> waiting, Optional<JobEvent> news) {

    static FollowUp of(JobState state, JobSample sample, ScalingPolicy policy, Instant now) {
        RescaleProgress progress = RescaleProgress.of(
                state.reconciliation(), sample, policy.restart().patience(), now);
        DecisionEvents tell = new DecisionEvents(policy.eventInterval());
        if (progress instanceof RescaleProgress.Completed done) {
            Instant decidedAt = done.reconciliation().decidedAt();
            JobState completed = state.withReconciliation(done.reconciliation())
                    .withRestarts(new RestartTimes(state.restarts()).end(decidedAt, done.took()));
            // People are told when all subtasks were seen running, as in the history; the algorithm learns what Flink
            // calls RUNNING.
            Duration seenAfter =
                    Duration.between(decidedAt, done.reconciliation().since());
            return new FollowUp(completed, Optional.empty(), Optional.of(tell.completed(seenAfter)));
        }
        if (progress instanceof RescaleProgress.NotReached failed) {
            JobEvent news = tell.failed(failed.reconciliation().detail().orElse(""));
            return new FollowUp(state.withoutRescale(failed.reconciliation()), Optional.empty(), Optional.of(news));
        }
        return new FollowUp(
                state,
                progress instanceof RescaleProgress.Waiting waiting ? Optional.of(waiting) : Optional.empty(),
                Optional.empty());
    }
}
