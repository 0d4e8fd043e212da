package io.flinkyarn.autoscaler.core.decide;

import static io.flinkyarn.autoscaler.core.testing.Given.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.state.PendingScaleDown;
import io.flinkyarn.autoscaler.core.state.PendingScaleDown.Wish;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScaleDownDelayTest {

    private static final Duration INTERVAL = Duration.ofMinutes(30);

    private Optional<PendingScaleDown> pending = Optional.empty();

    private Optional<Wish> wish(int minute, int parallelism, boolean outside) {
        ScaleDownDelay delay = ScaleDownDelay.of(
                pending, new Wish(START.plus(Duration.ofMinutes(minute)), parallelism, outside), INTERVAL);
        pending = Optional.of(delay.pending());
        return delay.due();
    }

    @Test
    void aWishWaitsForTheInterval() {
        assertThat(wish(0, 5, true)).isEmpty();
        assertThat(wish(29, 5, true)).isEmpty();
        assertThat(wish(30, 5, true)).map(Wish::parallelism).contains(5);
    }

    @Test
    void theLargestWishOfTheIntervalIsApplied() {
        wish(0, 5, true);
        wish(10, 8, false);

        assertThat(wish(30, 3, true)).hasValueSatisfying(wish -> {
            assertThat(wish.parallelism()).isEqualTo(8);
            assertThat(wish.outsideBand()).isFalse();
        });
    }

    @Test
    void aWishOlderThanTheIntervalDoesNotCount() {
        wish(0, 9, true);
        wish(1, 6, true);

        assertThat(wish(31, 3, true)).map(Wish::parallelism).contains(6);
        assertThat(wish(32, 3, true)).map(Wish::parallelism).contains(3);
    }

    @Test
    void ofEqualWishesTheLaterOneCounts() {
        wish(0, 5, true);

        assertThat(wish(30, 5, false)).map(Wish::outsideBand).contains(false);
    }

    @Test
    void aWishFromTheFutureIsForgotten() {
        wish(10_000, 5, true);

        assertThat(wish(0, 4, true)).isEmpty();
        assertThat(pending).hasValueSatisfying(p -> {
            assertThat(p.firstWish()).isEqualTo(START);
            assertThat(p.wishes()).hasSize(1);
        });
    }
}
