package io.flinkyarn.autoscaler.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.simulation.MetricFaults.Gap;
import io.flinkyarn.autoscaler.simulation.MetricFaults.Missing;
import io.flinkyarn.autoscaler.simulation.SimulatedFlink.Change;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What must hold of the autoscaler whatever the numbers of the report are. */
class BehaviorTest {

    private static final long HOUR = 3600;

    @Test
    void aStepUpIsFollowedWithinAFewRescalesAndThenTheJobIsLeftAlone() {
        Outcome outcome = Simulation.run(Scenarios.stepUp(), Contender.DEFAULTS);

        assertThat(outcome.stepsToConverge().orElseThrow()).isBetween(1, 3);
        Change last = outcome.changes().get(outcome.changes().size() - 1);
        assertThat(last.second()).isLessThan(5 * HOUR);
        List<Integer> least = new LeastFeasible(Scenarios.stepUp().job(), 1000, 1).at(last.second());
        for (int i = 0; i < least.size(); i++) {
            assertThat(last.to().get(i)).isBetween(least.get(i), 2 * least.get(i) + 1);
        }
        assertThat(outcome.timeWithLagAbove(60)).isLessThan(0.06);
    }

    @Test
    void noiseAroundALevelRescalesNothing() {
        Outcome outcome = Simulation.run(Scenarios.noise(), Contender.FAST);

        assertThat(outcome.rescalesPerDay()).isLessThanOrEqualTo(2);
        assertThat(outcome.reversals()).isZero();
    }

    @Test
    void withoutAMetricThatTheDecisionNeedsTheJobIsHeldAndItIsSaidWhy() {
        long gapEnds = 6 * HOUR;
        Scenario scenario = Scenarios.stepUp()
                .with(new MetricFaults(0, 0, 0, List.of(new Gap(Missing.BUSY_TIME, 1, 2 * HOUR, gapEnds)), 1));

        Outcome outcome = Simulation.run(scenario, Contender.FAST);

        assertThat(outcome.changes()).isNotEmpty();
        assertThat(outcome.changes().get(0).second()).isGreaterThan(gapEnds);
        assertThat(outcome.holds(HoldReason.METRICS_MISSING)).isEqualTo((int) (4 * HOUR / SimulatedDaemon.INTERVAL));
    }

    @Test
    void answersThatRepeatThemselvesAreNoMeasurementsAndChangeNoDecision() {
        Scenario scenario = Scenarios.stepUp().with(new MetricFaults(0, 0.5, 0, List.of(), 1));

        Outcome outcome = Simulation.run(scenario, Contender.DEFAULTS);

        assertThat(outcome.holds(HoldReason.METRICS_STALE)).isGreaterThan(1000);
        assertThat(targets(outcome)).isEqualTo(targets(Simulation.run(Scenarios.stepUp(), Contender.DEFAULTS)));
    }

    @Test
    void aBacklogIsWorkedOff() {
        Outcome outcome = Simulation.run(Scenarios.outage(), Contender.DEFAULTS);
        Outcome left = Simulation.run(Scenarios.outage(), Contender.STATIC);

        assertThat(outcome.timeWithLagAbove(120)).isLessThan(left.timeWithLagAbove(120));
        assertThat(outcome.lag(0.5)).isZero();
    }

    @Test
    void slotsThatAreLackingCostNoRestarts() {
        Outcome outcome = Simulation.run(Scenarios.slotLimit(), Contender.DEFAULTS);

        assertThat(outcome.changes())
                .filteredOn(change -> change.second() < 8 * HOUR)
                .hasSizeBetween(1, 3);
        assertThat(outcome.changes())
                .extracting(change -> Collections.max(change.to()))
                .contains(16)
                .allMatch(slots -> slots <= 16);
        assertThat(outcome.decisionsPerDay()).isLessThan(outcome.rescalesPerDay() + 2);
        assertThat(outcome.holds(HoldReason.TARGET_NOT_REACHED)).isPositive();
    }

    private static List<List<Integer>> targets(Outcome outcome) {
        return outcome.changes().stream().map(Change::to).toList();
    }
}
