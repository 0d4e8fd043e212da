package io.flinkyarn.autoscaler.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Flink writes them ({@code 10 s}, {@code 1min}, a bare number of milliseconds), and ISO ones ({@code PT5M}). */
public final class DurationText {

    private static final String EXPECTED = "expected a duration such as 10 s, 5 min, 1 h or PT5M: whole, not negative";
    private static final Pattern AMOUNT_AND_UNIT = Pattern.compile("(\\d+)\\s*(\\p{L}*)");

    /** Far beyond any use, and near enough that nobody overflows who counts in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private record Unit(ChronoUnit unit, String print, List<String> labels) {}

    /** The labels of Flink's TimeUtils, longest unit first. */
    private static final List<Unit> UNITS = List.of(
            new Unit(ChronoUnit.DAYS, "d", List.of("d", "day", "days")),
            new Unit(ChronoUnit.HOURS, "h", List.of("h", "hour", "hours")),
            new Unit(ChronoUnit.MINUTES, "min", List.of("m", "min", "minute", "minutes")),
            new Unit(ChronoUnit.SECONDS, "s", List.of("s", "sec", "secs", "second", "seconds")),
            new Unit(ChronoUnit.MILLIS, "ms", List.of("", "ms", "milli", "millis", "millisecond", "milliseconds")),
            new Unit(
                    ChronoUnit.MICROS,
                    "us",
                    List.of("us", "µs", "μs", "micro", "micros", "microsecond", "microseconds")),
            new Unit(ChronoUnit.NANOS, "ns", List.of("ns", "nano", "nanos", "nanosecond", "nanoseconds")));

    private DurationText() {}

    /** @throws IllegalArgumentException with a sentence that says what was expected */
    public static Duration parse(String text) {
        Duration duration;
        try {
            duration = text.regionMatches(true, 0, "P", 0, 1) ? Duration.parse(text) : parseFlink(text);
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(EXPECTED, e);
        }
        if (duration.isNegative()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("expected a duration of at most " + print(LONGEST));
        }
        return duration;
    }

    /** In the longest unit that leaves no rest. */
    public static String print(Duration duration) {
        if (duration.isZero()) {
            return "0 s";
        }
        for (Unit unit : UNITS) {
            Duration one = unit.unit().getDuration();
            if (one.multipliedBy(duration.dividedBy(one)).equals(duration)) {
                return duration.dividedBy(one) + " " + unit.print();
            }
        }
        throw new IllegalStateException("every duration is a whole number of nanoseconds: " + duration);
    }

    private static Duration parseFlink(String text) {
        Matcher matcher = AMOUNT_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        String label = matcher.group(2).toLowerCase(Locale.ROOT);
        Unit unit = UNITS.stream()
                .filter(u -> u.labels().contains(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        EXPECTED + ". The unit '" + matcher.group(2) + "' is none of ns, us, ms, s, min, h, d"));
        return Duration.of(Long.parseLong(matcher.group(1)), unit.unit());
    }
}
