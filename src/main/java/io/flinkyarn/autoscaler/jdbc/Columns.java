package io.flinkyarn.autoscaler.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** How values become columns. */
final class Columns {

    private static final int AT_ONCE = 500;

    private Columns() {}

    /** Keys in lists that are short enough for an IN. */
    static <T> List<List<T>> chunks(List<T> keys) {
        List<List<T>> chunks = new ArrayList<>();
        for (int i = 0; i < keys.size(); i += AT_ONCE) {
            chunks.add(keys.subList(i, Math.min(keys.size(), i + AT_ONCE)));
        }
        return chunks;
    }

    /** A text that fits its column. */
    static String cut(String text, int length) {
        return text.length() <= length ? storable(text) : prefix(text, length - 1) + "…";
    }

    /** The beginning of a text that is part of a key: the same rule as in the migrations. */
    static String prefix(String text, int length) {
        boolean splits = text.length() > length && Character.isHighSurrogate(text.charAt(length - 1));
        return storable(text.substring(0, Math.min(text.length(), splits ? length - 1 : length)));
    }

    /** PostgreSQL refuses a text with a zero in it. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** No database but PostgreSQL keeps an infinite number, and none agrees on NaN: both become NULL. */
    static OptionalDouble finite(OptionalDouble number) {
        return number.isPresent() && Double.isFinite(number.getAsDouble()) ? number : OptionalDouble.empty();
    }

    /** What {@link #finite} has written. */
    static OptionalDouble number(ResultSet row, String column) throws SQLException {
        double number = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Long.class)).map(Instant::ofEpochMilli);
    }
}
