package io.flinkyarn.autoscaler.it;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The database of an {@link AutoscalerProcess}, asked by SQL as an analyst would ask it. Each question opens its own connection, since an H2 file
 * belongs to the process that opened it first: that must be the daemon, also after a restart. Any thread may ask.
 *
 * @param url of the database
 */
record DaemonDatabase(String url) {

    private static final String RESCALES = """
            SELECT vertex_name, from_parallelism, to_parallelism, true_processing_rate, target_rate, triggered_by,
                   outcome, seconds_to_running, decided_at
            FROM v_rescales WHERE application_id = ? ORDER BY decided_at, vertex_position""";

    /** The rows of a query with their values by name of the column, in any case. */
    List<Map<String, Object>> rows(String sql, Object... parameters) throws IOException {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setObject(i + 1, parameters[i]);
            }
            ResultSet row = query.executeQuery();
            int columns = row.getMetaData().getColumnCount();
            List<Map<String, Object>> rows = new ArrayList<>();
            while (row.next()) {
                Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                for (int i = 1; i <= columns; i++) {
                    values.put(row.getMetaData().getColumnLabel(i), row.getObject(i));
                }
                rows.add(values);
            }
            return rows;
        } catch (SQLException e) {
            throw new IOException(sql, e);
        }
    }

    /** The only row of a query. */
    Map<String, Object> row(String sql, Object... parameters) throws IOException {
        List<Map<String, Object>> rows = rows(sql, parameters);
        if (rows.size() != 1) {
            throw new IOException("there should be one row, and are " + rows.size() + ": " + sql + " " + rows);
        }
        return rows.get(0);
    }

    /** How many rows {@code SELECT … FROM} the given has. */
    int count(String from, Object... parameters) throws IOException {
        return rows("SELECT 1 FROM " + from, parameters).size();
    }

    /** What came of the rescales of an application, the oldest first. */
    List<Rescale> rescales(String applicationId) throws IOException {
        return rows(RESCALES, applicationId).stream().map(Rescale::of).toList();
    }

    /** A row of {@code v_rescales}; a number that is not known is NaN. */
    record Rescale(
            String vertex,
            int from,
            int to,
            double trueProcessingRate,
            double targetRate,
            String triggeredBy,
            String outcome,
            double seconds,
            long decidedAtMillis) {

        private static Rescale of(Map<String, Object> row) {
            return new Rescale(
                    String.valueOf(row.get("vertex_name")),
                    (int) number(row, "from_parallelism"),
                    (int) number(row, "to_parallelism"),
                    number(row, "true_processing_rate"),
                    number(row, "target_rate"),
                    String.valueOf(row.get("triggered_by")),
                    String.valueOf(row.get("outcome")),
                    number(row, "seconds_to_running"),
                    (long) number(row, "decided_at"));
        }

        boolean isDown() {
            return to < from;
        }

        boolean runs() {
            return outcome.equals("RUNNING");
        }
    }

    /** The value of a column that is a number; NaN where it is NULL. */
    static double number(Map<String, Object> row, String column) {
        return row.get(column) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** How long ago it was, by a column that is an instant. */
    static Duration age(Map<String, Object> row, String column) {
        if (!(row.get(column) instanceof Timestamp instant)) {
            throw new AssertionError(column + " is " + row.get(column) + ", and should be an instant");
        }
        return Duration.between(instant.toLocalDateTime().toInstant(ZoneOffset.UTC), Instant.now());
    }
}
