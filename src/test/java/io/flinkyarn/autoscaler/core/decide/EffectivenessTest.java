package io.flinkyarn.autoscaler.core.decide;

import static io.flinkyarn.autoscaler.core.testing.Given.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.state.PastScaling;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectivenessTest {

    /** From 5 at 500/s to 10, which should give 1000/s. */
    private static final PastScaling UP = new PastScaling(START, 5, 10, 500, 1000);

    private static boolean failed(double rate, int parallelism, PastScaling... history) {
        return Effectiveness.lastScaleUpFailed(List.of(history), parallelism, rate, 0.1);
    }

    @Test
    void aScaleUpFailedThatBroughtLessThanItsShare() {
        assertThat(failed(549, 10, UP)).isTrue();
        assertThat(failed(400, 10, UP)).isTrue();
    }

    @Test
    void aScaleUpThatBroughtItsShareIsEffective() {
        assertThat(failed(550, 10, UP)).isFalse();
        assertThat(failed(1000, 10, UP)).isFalse();
    }

    @Test
    void onlyAScaleUpToTodaysParallelismIsJudged() {
        assertThat(failed(500, 9, UP)).isFalse();
        assertThat(failed(500, 5, new PastScaling(START, 10, 5, 500, 250))).isFalse();
        assertThat(failed(500, 10, new PastScaling(START, 10, 10, 500, 500))).isFalse();
        assertThat(failed(500, 10)).isFalse();
    }

    @Test
    void onlyTheLatestDecisionIsJudged() {
        assertThat(failed(500, 10, UP, new PastScaling(START, 12, 10, 600, 500)))
                .isFalse();
    }

    @Test
    void nothingGainedOfNothingExpectedIsAFailure() {
        assertThat(failed(500, 10, new PastScaling(START, 5, 10, 500, 500))).isTrue();
    }
}
