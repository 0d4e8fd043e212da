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
    private static final Duration FIRST = Duration.ofSeconds(30);

    @Test
    void doublesThePauseUpToFiveMinutes() {
        List<Long> pauses = new ArrayList<>();
        Outage outage = Outage.begin(START, FIRST, 0);
        pauses.add(pauseAfter(START, outage));
        for (int i = 0; i < 6; i++) {
            Instant now = outage.due();
            outage = outage.again(now, FIRST, 0);
            pauses.add(pauseAfter(now, outage));
        }
        assertThat(pauses).containsExactly(30L, 60L, 120L, 240L, 300L, 300L, 300L);
        assertThat(outage.since()).isEqualTo(START);
        assertThat(outage.attempts()).isEqualTo(7);
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
            double longest = Math.min(30 * Math.pow(2, outage.attempts()), 300);
            outage = outage.again(START, FIRST, random.nextDouble());
            double pause = Duration.between(START, outage.due()).toMillis() / 1000.0;
            assertThat(pause).isBetween(longest * 0.8, longest);
        }
    }

    @Test
    void saysSinceWhenHowOftenAndWhenNext() {
        assertThat(Outage.begin(START, FIRST, 0).describe())
                .isEqualTo("failing since 2026-11-22T12:00:00Z, attempt 1, next at 2026-11-22T12:00:30Z");
    }

    private static long pauseAfter(Instant now, Outage outage) {
        return Duration.between(now, outage.due()).toSeconds();
    }
}
