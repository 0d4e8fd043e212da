package io.flinkyarn.autoscaler.simulation;

import io.flinkyarn.autoscaler.core.Autoscaler;
import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.Sampling;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import java.time.Instant;
import java.util.Optional;

/** What the control loop does for one job: sample, step, keep the state, declare to Flink what is open. */
final class SimulatedDaemon {

    /** {@code control-loop.interval}, s. */
    static final long INTERVAL = 10;

    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    private final SimulatedFlink flink;
    private final FlinkMetrics metrics;
    private final ScalingPolicy policy;
    private JobState state = JobState.NEW;

    SimulatedDaemon(SimulatedFlink flink, FlinkMetrics metrics, ScalingPolicy policy) {
        this.flink = flink;
        this.metrics = metrics;
        this.policy = policy;
    }

    /** One cycle; empty where the job does not run. */
    Optional<Decision> tick(long second) {
        if (!flink.isRunning()) {
            return Optional.empty();
        }
        Instant now = START.plusSeconds(second);
        Sampling sampling = metrics.sample(second, now);
        Step step = sampling.match(
                taken -> Autoscaler.step(state, taken.sample(), policy, now),
                notReady -> Autoscaler.hold(state, notReady, policy, now));
        state = step.state();
        state.reconciliation().filter(r -> r.phase().isOpen()).ifPresent(open -> reconcile(open, now));
        return Optional.of(step.decision());
    }

    private void reconcile(Reconciliation open, Instant now) {
        flink.declare(open.target());
        if (open.phase() == Phase.REQUESTED) {
            state = state.withReconciliation(open.with(Phase.ACCEPTED, now, Optional.empty()));
        }
    }
}
