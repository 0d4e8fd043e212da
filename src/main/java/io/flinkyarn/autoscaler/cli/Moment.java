package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.DurationText;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A time as people write and read it on the command line. */
final class Moment {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Moment() {}

    static String print(Instant instant, ZoneId zone) {
        return TIME.format(instant.atZone(zone));
    }

    /**
     * Reads a duration before now, or a time; one without a zone is meant in that of the clock.
     *
     * @param option that it was given to
     */
    static Instant read(String option, String text, Clock clock) throws Refusal {
        ZoneId zone = clock.getZone();
        List<Function<String, Instant>> ways = List.of(
                written -> OffsetDateTime.parse(written).toInstant(),
                written -> LocalDateTime.parse(written).atZone(zone).toInstant(),
                written -> LocalDate.parse(written).atStartOfDay(zone).toInstant(),
                written -> clock.instant().minus(DurationText.parse(written)));
        return ways.stream()
                .flatMap(way -> attempt(way, text).stream())
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Refusal.MISUSED,
                        option + " = '" + text + "': expected a duration such as 2h, or a time such as"
                                + " 2026-03-01T12:00:00Z, 2026-03-01T12:00 or 2026-03-01"));
    }

    private static Optional<Instant> attempt(Function<String, Instant> way, String text) {
        try {
            return Optional.of(way.apply(text));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
