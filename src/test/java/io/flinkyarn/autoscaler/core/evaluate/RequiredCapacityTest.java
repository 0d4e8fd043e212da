package io.flinkyarn.autoscaler.core.evaluate;

import static io.flinkyarn.autoscaler.core.testing.Given.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Utilization;
import org.junit.jupiter.api.Test;

class RequiredCapacityTest {

    /** 1000/s arrive, 50/s are to be caught up, a restart of 3 min is worked off within 30 min. */
    private static final RequiredCapacity CAPACITY = RequiredCapacity.of(1000, 50, 180, 1800);

    @Test
    void leavesHeadRoomAndCatchesUp() {
        assertThat(CAPACITY.withoutRestart(0.8)).hasValue(50 + 1250);
    }

    @Test
    void worksOffWhatARestartPilesUp() {
        assertThat(CAPACITY.withRestart(0.8)).hasValue(50 + 100 + 1250);
    }

    @Test
    void doesNotCountRestartsWhereThereIsNoCatchUp() {
        assertThat(RequiredCapacity.of(1000, 0, 180, 0).withRestart(0.8)).hasValue(1250);
    }

    @Test
    void clampsTheUtilization() {
        assertThat(CAPACITY.withoutRestart(1.4)).hasValue(1050);
        assertThat(CAPACITY.withoutRestart(0)).hasValue(Double.POSITIVE_INFINITY);
        assertThat(CAPACITY.withoutRestart(-0.2)).hasValue(Double.POSITIVE_INFINITY);
    }

    @Test
    void isUnknownWhereARateIs() {
        assertThat(RequiredCapacity.of(Double.NaN, 50, 180, 1800).withRestart(0.8))
                .isEmpty();
        assertThat(RequiredCapacity.of(1000, Double.NaN, 180, 1800).withoutRestart(0.8))
                .isEmpty();
    }

    @Test
    void makesTheBandInWhichAVertexIsLeftAlone() {
        Utilization utilization = policy(
                        "utilization.target", "0.6", "utilization.max", "0.8", "utilization.min", "0.4")
                .utilization();
        UtilizationBand band = UtilizationBand.of(CAPACITY, utilization, false);

        assertThat(band.scaleUpThreshold()).hasValue(1300);
        assertThat(band.scaleDownThreshold()).hasValue(50 + 100 + 2500);
        assertThat(band.excludes(1299.9)).isTrue();
        assertThat(band.excludes(1300)).isFalse();
        assertThat(band.excludes(2650)).isFalse();
        assertThat(band.excludes(2650.1)).isTrue();
    }

    @Test
    void allowsFullUtilizationAndNoScaleDownDuringABacklog() {
        Utilization utilization =
                policy("utilization.max", "0.8", "utilization.min", "0.4").utilization();
        UtilizationBand band = UtilizationBand.of(CAPACITY, utilization, true);

        assertThat(band.scaleUpThreshold()).hasValue(1050);
        assertThat(band.excludes(1e12)).isFalse();
    }
}
