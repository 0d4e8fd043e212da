package io.flinkyarn.autoscaler.core.decide;

import static io.flinkyarn.autoscaler.core.testing.Given.START;
import static io.flinkyarn.autoscaler.core.testing.Given.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.state.PastScaling;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScalabilityTest {

    private static final ScalingPolicy.Scalability POLICY = policy(
                    "observed-scalability.enabled", "true", "observed-scalability.min-observations", "2")
            .scalability();

    private static PastScaling observed(int parallelism, double rate) {
        return new PastScaling(START, parallelism, parallelism + 1, rate, rate + 1);
    }

    @Test
    void ofAVertexThatScalesLinearlyIsOne() {
        assertThat(Scalability.coefficient(List.of(observed(1, 100), observed(4, 400)), POLICY))
                .isEqualTo(1);
    }

    @Test
    void isTheLeastSquaresFitOverTheBaseline() {
        // β = 100; Σ P·R = 1·100 + 4·280 = 1220; β·Σ P² = 100·17; 1220 / 1700 = 0.7176…
        assertThat(Scalability.coefficient(List.of(observed(1, 100), observed(4, 280)), POLICY))
                .isEqualTo(0.72);
    }

    @Test
    void takesTheLatestOfTheSmallestAsBaseline() {
        // β = 240 / 2 = 120; Σ P·R = 2·200 + 2·240 + 8·640 = 6000; 120·(4 + 4 + 64) = 8640; 0.694…
        assertThat(Scalability.coefficient(List.of(observed(2, 200), observed(2, 240), observed(8, 640)), POLICY))
                .isEqualTo(0.7);
    }

    @Test
    void isNeverBelowItsMinimum() {
        assertThat(Scalability.coefficient(List.of(observed(1, 100), observed(10, 110)), POLICY))
                .isEqualTo(0.5);
    }

    @Test
    void needsEnoughObservations() {
        assertThat(Scalability.coefficient(List.of(observed(4, 280)), POLICY)).isEqualTo(1);
    }

    @Test
    void isOneWhereARateSaysNothing() {
        assertThat(Scalability.coefficient(List.of(observed(1, 0), observed(4, 280)), POLICY))
                .isEqualTo(1);
        assertThat(Scalability.coefficient(List.of(observed(1, Double.POSITIVE_INFINITY), observed(4, 280)), POLICY))
                .isEqualTo(1);
        assertThat(Scalability.coefficient(List.of(observed(1, Double.NaN), observed(4, 280)), POLICY))
                .isEqualTo(1);
    }
}
