package io.flinkyarn.autoscaler.simulation;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** One run of a scenario: a second of the job after the other, and a cycle of the daemon now and then. */
final class Simulation {

    private Simulation() {}

    static Outcome run(Scenario scenario, Contender contender) {
        LeastFeasible least = new LeastFeasible(scenario.job(), scenario.slots(), utilization());
        List<Integer> start = contender.policy().isPresent() ? least.at(0) : least.atThePeak(scenario.seconds());
        SimulatedFlink flink = new SimulatedFlink(scenario.job(), start, scenario.slots(), scenario.outage());
        FlinkMetrics metrics = new FlinkMetrics(flink, scenario.job(), scenario.faults());
        Optional<SimulatedDaemon> daemon =
                contender.policy().map(policy -> new SimulatedDaemon(flink, metrics, policy));
        Outcome outcome = new Outcome(scenario, flink.changes());
        for (long second = 0; second < scenario.seconds(); second++) {
            flink.advance();
            if (second % SimulatedDaemon.INTERVAL == 0) {
                outcome.least(Collections.max(least.at(second)), SimulatedDaemon.INTERVAL);
                long now = second;
                daemon.flatMap(d -> d.tick(now)).ifPresent(outcome::decided);
            }
            outcome.second(flink.slotsUsed(), flink.dataflow().lagSeconds());
        }
        return outcome;
    }

    /** The default one, which all contenders have. */
    private static double utilization() {
        return Contender.DEFAULTS
                .policy()
                .map(ScalingPolicy::utilization)
                .orElseThrow()
                .target();
    }
}
