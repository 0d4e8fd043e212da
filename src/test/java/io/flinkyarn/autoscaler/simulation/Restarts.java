package io.flinkyarn.autoscaler.simulation;

import io.flinkyarn.autoscaler.contract.StateStoreContract;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Stored;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.core.Autoscaler;
import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.Sampling;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.jdbc.Database;
import io.flinkyarn.autoscaler.jdbc.DatabaseAccess;
import io.flinkyarn.autoscaler.jdbc.JdbcAutoScalerStateStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs a scenario for a day with one daemon that writes to a database, and again and again starts another one with what the first would leave if it
 * were killed then: before its latest sample is written.
 */
final class Restarts {

    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final JobAutoScalerContext JOB = StateStoreContract.job("simulated");
    private static final ScalingPolicy POLICY = Contender.DEFAULTS.policy().orElseThrow();
    private static final long DAY = 24 * 3600;

    private final Path directory;
    private final long every;
    private final long down;
    private final int cycles;
    private JobState state = JobState.NEW;
    private long version;

    /**
     * @param every between two kills, s
     * @param down from a kill until the next daemon is there, s
     * @param cycles how many cycles of each are looked at
     */
    Restarts(Path directory, long every, long down, int cycles) {
        this.directory = directory;
        this.every = every;
        this.down = down;
        this.cycles = cycles;
    }

    /** Those that have had all their cycles. */
    List<Successor> run(Scenario scenario) throws Exception {
        List<Integer> atFirst = new LeastFeasible(scenario.job(), scenario.slots(), 0.7).at(0);
        SimulatedFlink flink = new SimulatedFlink(scenario.job(), atFirst, scenario.slots(), scenario.outage());
        FlinkMetrics metrics = new FlinkMetrics(flink, scenario.job(), scenario.faults());
        List<Successor> all = new ArrayList<>();
        try (Database database = Database.open(DatabaseAccess.embedded(directory))) {
            JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(database, true, "a test");
            for (long second = 0; second < Math.min(DAY, scenario.seconds()); second++) {
                flink.advance();
                if (second % SimulatedDaemon.INTERVAL == 0 && flink.isRunning()) {
                    Instant now = START.plusSeconds(second);
                    Sampling sampling = metrics.sample(second, now);
                    Step step = step(state, sampling, now);
                    follow(all, second, sampling, step, now);
                    version = store.save(JOB, version, step, now);
                    state = step.state();
                    if (second % every == 0) {
                        all.add(new Successor(second, second + down, left(database)));
                    }
                    store.flush(now);
                    reconcile(flink, store, now);
                }
            }
        }
        return all.stream().filter(s -> s.cycles() == cycles).toList();
    }

    private void follow(List<Successor> all, long second, Sampling sampling, Step without, Instant now) {
        // Those that are still looked at are among the latest.
        for (int i = all.size() - 1; i >= 0; i--) {
            Successor successor = all.get(i);
            if (successor.cycles() == cycles) {
                return;
            }
            if (second >= successor.startedAt()) {
                Step its = step(successor.state(), sampling, now);
                successor.decided(its.decision(), its.state(), without.decision());
            }
        }
    }

    private static JobState left(Database database) throws Exception {
        Optional<Stored> left = new JdbcAutoScalerStateStore(database, true, "a test").load(JOB.key());
        return left.orElseThrow().state();
    }

    private void reconcile(SimulatedFlink flink, JdbcAutoScalerStateStore store, Instant now) throws Exception {
        Optional<Reconciliation> open =
                state.reconciliation().filter(r -> r.phase().isOpen());
        if (open.isPresent()) {
            flink.declare(open.get().target());
            if (open.get().phase() == Phase.REQUESTED) {
                state = state.withReconciliation(open.get().with(Phase.ACCEPTED, now, Optional.empty()));
                version = store.saveOutcome(JOB, version, state, now);
            }
        }
    }

    private static Step step(JobState state, Sampling sampling, Instant now) {
        return sampling.match(
                taken -> Autoscaler.step(state, taken.sample(), POLICY, now),
                notReady -> Autoscaler.hold(state, notReady, POLICY, now));
    }
}
