package io.flinkyarn.autoscaler.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FreshnessTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final RestEndpoint BLUE = new RestEndpoint("blue", URI.create("http://blue:8081/"));
    private static final RestEndpoint GREEN = new RestEndpoint("green", URI.create("http://green:8081/"));

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T14:00:00Z"));
    private final Freshness freshness = new Freshness(clock, this::pause);
    private Duration paused = Duration.ZERO;
    private int warmings;

    @Test
    void theFirstSampleIsWarmedAndSettles() throws Exception {
        await(BLUE);

        assertThat(warmings).isEqualTo(1);
        assertThat(takePaused()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aJobThatIsAskedOnceAMinuteIsWarmedEveryTime() throws Exception {
        for (int i = 0; i < 5; i++) {
            await(BLUE);
            clock.advance(Duration.ofMinutes(1));
        }

        assertThat(warmings).isEqualTo(5);
    }

    @Test
    void theSecondJobOfAClusterUsesTheWarmingOfTheFirst() throws Exception {
        await(BLUE);
        takePaused();

        await(BLUE);

        assertThat(warmings).isEqualTo(1);
        assertThat(takePaused()).isZero();
    }

    @Test
    void theMetricsSettleFromTheAnswerOnNotFromTheRequest() throws Exception {
        freshness.await(BLUE, INTERVAL, () -> clock.advance(Duration.ofMillis(300)));

        assertThat(takePaused()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aWarmingDoesNotComeWhileTheLastFetchStillCounts() throws Exception {
        Instant[] warmedAt = new Instant[1];
        freshness.await(BLUE, INTERVAL, () -> {
            clock.advance(Duration.ofMillis(300));
            warmedAt[0] = clock.instant();
        });
        clock.advance(Duration.ofSeconds(9).minus(Duration.ofMillis(5)));

        freshness.await(BLUE, INTERVAL, () -> assertThat(clock.instant()).isAfter(warmedAt[0].plus(INTERVAL)));
    }

    @Test
    void aClockThatIsSetBackHoldsUpNobody() throws Exception {
        await(BLUE);
        takePaused();
        clock.advance(Duration.ofHours(-1));

        await(BLUE);

        assertThat(takePaused()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void everyClusterIsWarmedOnItsOwn() throws Exception {
        await(BLUE);
        await(GREEN);

        assertThat(warmings).isEqualTo(2);
    }

    @Test
    void aSampleThatWouldRunIntoTheNextFetchWaitsForIt() throws Exception {
        await(BLUE);
        takePaused();
        clock.advance(Duration.ofMillis(8500));

        await(BLUE);

        assertThat(warmings).isEqualTo(2);
        assertThat(takePaused()).isEqualTo(Duration.ofMillis(500 + 20 + 1000));
    }

    @Test
    void aWarmingThatFailsIsRepeated() throws Exception {
        assertThatThrownBy(() -> freshness.await(BLUE, INTERVAL, () -> {
                    throw new UnreachableException(Category.NO_ANSWER, "away");
                }))
                .hasMessage("away");

        await(BLUE);

        assertThat(warmings).isEqualTo(1);
    }

    private void await(RestEndpoint endpoint) throws UnreachableException, InterruptedException {
        freshness.await(endpoint, INTERVAL, () -> warmings++);
    }

    private void pause(Duration duration) {
        paused = paused.plus(duration);
        clock.advance(duration);
    }

    /** How long was waited since the last call of this. */
    private Duration takePaused() {
        Duration taken = paused;
        paused = Duration.ZERO;
        return taken;
    }
}
