package io.flinkyarn.autoscaler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-05-04T12:00:00Z"), ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "2h, 2026-05-04T10:00:00Z",
        "PT5M, 2026-05-04T11:55:00Z",
        "2026-05-01T08:00:00Z, 2026-05-01T08:00:00Z",
        "2026-05-01T08:00:00+05:00, 2026-05-01T03:00:00Z",
        "2026-05-01T08:00, 2026-05-01T06:00:00Z",
        "2026-05-01, 2026-04-30T22:00:00Z",
    })
    void a_time_is_absolute_or_a_while_ago(String text, Instant expected) throws Refusal {
        assertThat(Moment.read("--since", text, CLOCK)).isEqualTo(expected);
    }

    @Test
    void what_is_neither_is_refused_with_examples() {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> Moment.read("--since", "yesterday", CLOCK))
                .withMessageContaining("--since = 'yesterday'")
                .withMessageContaining("2026-03-01");
    }
}
