package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.policy.ExcludedPeriods.Period;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The same hours of every day.
 *
 * @param end belongs to the range, to the millisecond
 */
record DailyRange(String expression, ZoneId zone, LocalTime start, LocalTime end) implements Period {

    private static final String TIME = "(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?::(\\d{1,3}))?)?";
    private static final Pattern RANGE = Pattern.compile(TIME + "-" + TIME);
    private static final Pattern RANGE_LIKE = Pattern.compile("[\\d:.]+\\s*-\\s*[\\d:.]+");

    /** Whether somebody meant a range, well-formed or not. */
    static boolean looksLike(String text) {
        return RANGE_LIKE.matcher(text).matches();
    }

    /** @throws IllegalArgumentException with a sentence that says why it is none */
    static DailyRange parse(String text, ZoneId zone) {
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "A daily range is written H:mm[:ss[:SSS]]-H:mm[:ss[:SSS]], without blanks");
        }
        LocalTime start = time(matcher, 1);
        LocalTime end = time(matcher, 5);
        if (!start.isBefore(end)) {
            int dash = text.indexOf('-');
            throw new IllegalArgumentException(
                    "A daily range has to end after it starts; across midnight, write two: %s-23:59:59:999;00:00-%s"
                            .formatted(text.substring(0, dash), text.substring(dash + 1)));
        }
        return new DailyRange(text, zone, start, end);
    }

    @Override
    public boolean covers(Instant time) {
        LocalTime local = time.atZone(zone).toLocalTime().truncatedTo(ChronoUnit.MILLIS);
        return !local.isBefore(start) && !local.isAfter(end);
    }

    private static LocalTime time(Matcher matcher, int group) {
        try {
            return LocalTime.of(
                    number(matcher.group(group)),
                    number(matcher.group(group + 1)),
                    number(matcher.group(group + 2)),
                    number(matcher.group(group + 3)) * 1_000_000);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("A time goes from 0:00 to 23:59:59:999", e);
        }
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
