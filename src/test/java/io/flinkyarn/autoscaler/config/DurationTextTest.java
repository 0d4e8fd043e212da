package io.flinkyarn.autoscaler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "10 s, PT10S",
        "1min, PT1M",
        "30m, PT30M",
        "1 h, PT1H",
        "300000, PT5M",
        "0, PT0S",
        "3 days, PT72H",
        "1 D, PT24H",
        "2 Hours, PT2H",
        "5 minutes, PT5M",
        "7 sec, PT7S",
        "7 seconds, PT7S",
        "8 millis, PT0.008S",
        "9 micros, PT0.000009S",
        "9 µs, PT0.000009S",
        "4 nanoseconds, PT0.000000004S",
        "PT5M, PT5M",
        "p1dT1h, PT25H",
        "36500 d, PT876000H"
    })
    void aDurationMayBeWrittenAsFlinkWritesItOrAsIsoDoes(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "-1 s",
                "+1 s",
                "1.5 s",
                "1,5 s",
                "1 s 2 ms",
                "1 fortnight",
                "PT",
                "PT-5M",
                "-PT5M",
                "5 M S",
                "99999999999999999999 s",
                "9223372036854775807 d",
                "36501 d",
                "∞"
            })
    void anythingElseIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a duration");
    }

    @Test
    void aDurationIsPrintedInItsLongestWholeUnit() {
        assertThat(DurationText.print(Duration.ZERO)).isEqualTo("0 s");
        assertThat(DurationText.print(Duration.ofMinutes(90))).isEqualTo("90 min");
        assertThat(DurationText.print(Duration.ofDays(3))).isEqualTo("3 d");
        assertThat(DurationText.print(Duration.ofNanos(1_000_001))).isEqualTo("1000001 ns");
    }

    @Test
    void whatWasPrintedIsReadBack() {
        Random random = new Random(42);
        List<Duration> units = List.of(
                Duration.ofNanos(1),
                ChronoUnit.MICROS.getDuration(),
                Duration.ofMillis(1),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofDays(1));
        for (int i = 0; i < 10_000; i++) {
            Duration duration = units.get(random.nextInt(units.size())).multipliedBy(random.nextInt(36_500));

            assertThat(DurationText.parse(DurationText.print(duration))).isEqualTo(duration);
        }
    }
}
