package io.flinkyarn.autoscaler.yarn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutageTest {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00.250Z");
    private static final Duration FIRST = Duration.ofSeconds(5);

    @Test
    void aPauseIsAQuarterOfTheOutageAndFiveMinutesAtMost() {
        Outage outage = Outage.begin(START, FIRST, 0);
        List<Long> pauses = new ArrayList<>(List.of(pauseAfter(START, outage)));
        for (int seconds : List.of(5, 20, 60, 600, 1200, 7200)) {
            Instant now = START.plusSeconds(seconds);
            outage = outage.again(now, FIRST, 0);
            pauses.add(pauseAfter(now, outage));
        }
        assertThat(pauses).containsExactly(5L, 5L, 5L, 15L, 150L, 300L, 300L);
        assertThat(outage.since()).isEqualTo(START);
        assertThat(outage.attempts()).isEqualTo(7);
    }

    @Test
    void aClockThatWasSetBackDoesNotShortenAPause() {
        Instant before = START.minusSeconds(3600);
        assertThat(pauseAfter(before, Outage.begin(START, FIRST, 0).again(before, FIRST, 0)))
                .isEqualTo(5);
    }

    @Test
    void itIsFreshForThreeAttempts() {
        Outage third = Outage.begin(START, FIRST, 0).again(START, FIRST, 0).again(START, FIRST, 0);
        assertThat(third.isFresh()).isTrue();
        assertThat(third.again(START, FIRST, 0).isFresh()).isFalse();
    }

    @Test
    void aListIntervalAboveFiveMinutesIsNeverUndercut() {
        Duration hour = Duration.ofHours(1);
        Outage outage = Outage.begin(START, hour, 0).again(START, hour, 0);
        assertThat(pauseAfter(START, outage)).isEqualTo(hour.toSeconds());
    }

    @Test
    void chanceShortensAPauseByAFifthAtMost() {
        Random random = new Random(7);
        Outage outage = Outage.begin(START, FIRST, random.nextDouble());
        for (int i = 0; i < 2_000; i++) {
            outage = outage.again(START, FIRST, random.nextDouble());
            double pause = Duration.between(START, outage.due()).toMillis() / 1000.0;
            assertThat(pause).isBetween(4.0, 5.0);
        }
    }

    @Test
    void saysSinceWhenHowOftenAndWhenNext() {
        assertThat(Outage.begin(START, FIRST, 0).describe())
                .isEqualTo("failing since 2026-11-22T12:00:00Z, attempt 1, next at 2026-11-22T12:00:05Z");
    }

    private static long pauseAfter(Instant now, Outage outage) {
        return Duration.between(now, outage.due()).toSeconds();
    }
}
