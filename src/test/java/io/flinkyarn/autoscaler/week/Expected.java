package io.flinkyarn.autoscaler.week;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkyarn.autoscaler.week.Ledger.Rescale;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the week has counted, in the form in which {@link Answers} gives what a database says. */
final class Expected {

    private Expected() {}

    static Instant at(long second) {
        return Plan.START.plusSeconds(second);
    }

    static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    static @Nullable BigDecimal seconds(Rescale rescale) {
        return rescale.cameToRun() ? decimal(rescale.took().toSeconds()) : null;
    }

    static BigDecimal decimal(long number) {
        return number == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(number).stripTrailingZeros();
    }

    static double number(@Nullable Object value) {
        return ((BigDecimal) Objects.requireNonNull(value)).doubleValue();
    }

    /** Asserts that a number of an answer is near another one. */
    static void near(@Nullable Object value, double expected, double tolerance) {
        assertThat(number(value)).isCloseTo(expected, within(tolerance));
    }

    /** Values of a row, NULLs among them. */
    static List<@Nullable Object> row(@Nullable Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }
}
