package io.flinkyarn.autoscaler.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.simulation.SimulatedFlink.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private final Scenario hour = Scenario.of("hour", "", 1, Jobs.pipeline(Curve.constant(1)));

    @Test
    void slotsAreCountedOverTimeAndAgainstTheLeast() {
        Outcome outcome = outcome();
        for (int second = 0; second < 3600; second++) {
            outcome.second(6, 0);
        }
        outcome.least(4, 3600);

        assertThat(outcome.slotHours()).isEqualTo(6);
        assertThat(outcome.overLeast()).isEqualTo(1.5);
    }

    @Test
    void theLagIsToldByTheTimeThatItLasts() {
        Outcome outcome = outcome();
        for (int second = 0; second < 3600; second++) {
            outcome.second(1, second < 3528 ? 0 : second < 3564 ? 60 : 300);
        }

        assertThat(outcome.timeWithLagAbove(60)).isEqualTo(0.01);
        assertThat(outcome.lag(0.98)).isZero();
        assertThat(outcome.lag(0.99)).isEqualTo(60);
        assertThat(outcome.lag(0.995)).isEqualTo(300);
    }

    @Test
    void aReversalTurnsAVertexRoundWithinAnHour() {
        Change up = new Change(1000, List.of(1, 4), List.of(2, 4));
        Change other = new Change(2000, List.of(2, 4), List.of(2, 3));
        Change down = new Change(4599, List.of(2, 3), List.of(1, 3));
        Change later = new Change(4600, List.of(2, 3), List.of(1, 3));

        assertThat(outcome(up, other, down).reversals()).isEqualTo(1);
        assertThat(outcome(up, other, later).reversals()).isZero();
    }

    @Test
    void theWorstStepOfTheLoadCounts() {
        Change first = new Change(10, List.of(1), List.of(2));
        Change second = new Change(20, List.of(2), List.of(3));
        Change third = new Change(110, List.of(3), List.of(4));

        assertThat(outcome(first, second, third).stepsToConverge()).isEmpty();
        assertThat(new Outcome(hour.withStepsAt(0L, 100L), List.of(first, second, third)).stepsToConverge())
                .hasValue(2);
    }

    private Outcome outcome(Change... changes) {
        return new Outcome(hour, List.of(changes));
    }
}
