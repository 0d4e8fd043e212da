package io.flinkyarn.autoscaler.jdbc;

import java.util.OptionalDouble;

/** How values become columns. */
final class Columns {

    private Columns() {}

    /** A text that fits its column. */
    static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }

    /** The beginning of a text that is part of a key: the same rule as in the migrations. */
    static String prefix(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    /** No database but PostgreSQL keeps an infinite number, and none agrees on NaN: both become NULL. */
    static OptionalDouble finite(OptionalDouble number) {
        return number.isPresent() && Double.isFinite(number.getAsDouble()) ? number : OptionalDouble.empty();
    }
}
