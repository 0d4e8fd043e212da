package io.flinkyarn.autoscaler.week;

import io.flinkyarn.autoscaler.jdbc.DatabaseAccess;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a database answers to any SQL client. Numbers, days and instants have one form, whatever the driver makes of them. */
final class Answers implements AutoCloseable {

    static final Path QUESTIONS = Path.of("scripts/sql");

    private final Connection connection;

    /** A row by column names; {@code null} is NULL. */
    record Row(Map<String, @Nullable Object> values) {

        @Nullable
        Object get(String column) {
            if (!values.containsKey(column)) {
                throw new IllegalArgumentException("no column " + column + " in " + values.keySet());
            }
            return values.get(column);
        }

        List<@Nullable Object> get(String... columns) {
            return Arrays.stream(columns).map(this::get).collect(Collectors.toCollection(ArrayList::new));
        }
    }

    Answers(DatabaseAccess access) throws SQLException {
        Properties login = new Properties();
        access.user().ifPresent(user -> login.setProperty("user", user));
        access.password().ifPresent(password -> login.setProperty("password", password));
        connection = DriverManager.getConnection(access.url(), login);
    }

    /** The names of the files with a question each. */
    static List<String> questions() throws IOException {
        try (Stream<Path> files = Files.list(QUESTIONS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Asks what a file of scripts/sql asks, unchanged. */
    List<Row> toFile(String name) throws SQLException, IOException {
        return to(Files.readString(QUESTIONS.resolve(name)));
    }

    List<Row> to(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData columns = result.getMetaData();
            List<Row> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), value(result, i));
                }
                rows.add(new Row(row));
            }
            return rows;
        }
    }

    /**
     * The names of our tables or views. Asks as H2 is asked.
     *
     * @param type TABLE or VIEW
     */
    List<String> relations(String type) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet found = connection.getMetaData().getTables(null, "PUBLIC", null, new String[] {type})) {
            while (found.next()) {
                names.add(found.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private static @Nullable Object value(ResultSet row, int column) throws SQLException {
        return switch (row.getMetaData().getColumnType(column)) {
            case Types.DATE -> row.getObject(column, LocalDate.class);
            case Types.TIMESTAMP -> row.getObject(column, LocalDateTime.class);
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.DECIMAL, Types.NUMERIC, Types.DOUBLE ->
                plain(row.getBigDecimal(column));
            default -> row.getString(column);
        };
    }

    private static @Nullable BigDecimal plain(@Nullable BigDecimal number) {
        return number == null ? null : number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
