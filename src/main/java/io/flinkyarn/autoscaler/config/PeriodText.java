package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.policy.ExcludedPeriods.Period;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/**
 * Reads one excluded period: a daily range {@code 8:00-18:00}, a Quartz cron expression, or one of each joined with {@code &&}. Quartz it is
 * because Flink's autoscaler reads them with it.
 */
final class PeriodText {

    private static final String EXPECTED = "expected a daily range such as 8:00-18:00, a Quartz cron expression such as"
            + " * * * ? * MON-FRI, or one of each joined with &&";
    private static final Pattern JOINT = Pattern.compile("&&");

    private PeriodText() {}

    /** @throws IllegalArgumentException with a sentence that names the expression and what was expected */
    static Period parse(String text, ZoneId zone) {
        String expression = text.strip();
        String[] parts = JOINT.split(expression);
        if (parts.length == 1) {
            return parseOne(parts[0].strip(), expression, zone);
        }
        List<Period> both = new ArrayList<>();
        for (String part : parts) {
            both.add(parseOne(part.strip(), expression, zone));
        }
        if (both.size() != 2 || both.get(0) instanceof DailyRange == both.get(1) instanceof DailyRange) {
            throw refused(expression, "one daily range and one cron expression can be joined with &&, nothing else");
        }
        return new Joint(both.get(0), both.get(1), expression);
    }

    private static Period parseOne(String part, String expression, ZoneId zone) {
        try {
            return DailyRange.looksLike(part) ? DailyRange.parse(part, zone) : Cron.parse(part, zone);
        } catch (ParseException | IllegalArgumentException e) {
            throw refused(expression, EXPECTED + ". " + e.getMessage());
        }
    }

    private static IllegalArgumentException refused(String expression, String why) {
        return new IllegalArgumentException("'" + expression + "': " + why);
    }

    private record Joint(Period first, Period second, String expression) implements Period {

        @Override
        public boolean covers(Instant time) {
            return first.covers(time) && second.covers(time);
        }
    }

    /** Covers every second that satisfies the expression. Two of them are equal if they were written the same, for the same zone. */
    private record Cron(String expression, ZoneId zone, Matcher seconds) implements Period {

        /** Quartz's expression compares by identity; it is only read after it was made, so any thread may ask it. */
        private record Matcher(CronExpression quartz) {

            @Override
            public boolean equals(Object other) {
                return other instanceof Matcher matcher
                        && quartz.getCronExpression().equals(matcher.quartz.getCronExpression());
            }

            @Override
            public int hashCode() {
                return quartz.getCronExpression().hashCode();
            }
        }

        static Cron parse(String text, ZoneId zone) throws ParseException {
            CronExpression quartz = new CronExpression(text);
            quartz.setTimeZone(TimeZone.getTimeZone(zone));
            return new Cron(text, zone, new Matcher(quartz));
        }

        @Override
        public boolean covers(Instant time) {
            return seconds.quartz().isSatisfiedBy(Date.from(time));
        }
    }
}
