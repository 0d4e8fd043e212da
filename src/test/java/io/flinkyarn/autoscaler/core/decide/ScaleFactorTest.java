package io.flinkyarn.autoscaler.core.decide;

import static io.flinkyarn.autoscaler.core.testing.Given.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Limits;
import org.junit.jupiter.api.Test;

class ScaleFactorTest {

    private static final Limits LIMITS =
            policy("scale-up.max-factor", "2.0", "scale-down.max-factor", "0.6").limits();

    @Test
    void isTheCapacityNeededOverTheOneThere() {
        ScaleFactor factor = ScaleFactor.of(1500, 1000, 1, LIMITS);

        assertThat(factor.raw()).isEqualTo(1.5);
        assertThat(factor.limited()).isEqualTo(1.5);
        assertThat(factor.limit()).isEqualTo(Limit.NONE);
    }

    @Test
    void growsWhereAVertexScalesBadly() {
        assertThat(ScaleFactor.of(1500, 1000, 0.75, LIMITS).raw()).isEqualTo(2.0);
    }

    @Test
    void isLimitedOnTheWayUp() {
        ScaleFactor factor = ScaleFactor.of(5000, 1000, 1, LIMITS);

        assertThat(factor.limited()).isEqualTo(3.0);
        assertThat(factor.limit()).isEqualTo(Limit.SCALE_UP_MAX_FACTOR);
    }

    @Test
    void isLimitedOnTheWayDown() {
        ScaleFactor factor = ScaleFactor.of(100, 1000, 1, LIMITS);

        assertThat(factor.limited()).isEqualTo(0.4);
        assertThat(factor.limit()).isEqualTo(Limit.SCALE_DOWN_MAX_FACTOR);
    }

    @Test
    void isZeroWhereNothingArrivesWhateverIsNeeded() {
        assertThat(ScaleFactor.of(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 1, LIMITS)
                        .raw())
                .isZero();
    }

    @Test
    void isRoundedUpToWholeSubtasks() {
        assertThat(ScaleFactor.apply(1.21, 10)).isEqualTo(13);
        assertThat(ScaleFactor.apply(0.4, 3)).isEqualTo(2);
    }

    @Test
    void doesNotRoundUpTheNoiseOfTheArithmetic() {
        assertThat(1.1 * 50).isGreaterThan(55);
        assertThat(ScaleFactor.apply(1.1, 50)).isEqualTo(55);
    }

    @Test
    void saturates() {
        assertThat(ScaleFactor.apply(1e12, 1)).isEqualTo(Integer.MAX_VALUE);
        assertThat(ScaleFactor.apply(Double.POSITIVE_INFINITY, 5)).isEqualTo(Integer.MAX_VALUE);
    }
}
