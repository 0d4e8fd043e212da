package io.flinkyarn.autoscaler.it.demo;

import io.flinkyarn.autoscaler.core.decide.HoldReason;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's database, read by SQL while the daemon writes to it. Each question opens its own connection, since an H2
 * file belongs to the process that opened it first: that must be the daemon, also after a restart. For one thread.
 *
 * @param url of the database
 */
record Decisions(String url) {

    private static final Set<HoldReason> SETTLED = Set.of(HoldReason.WITHIN_BAND, HoldReason.NO_CHANGE);

    /** Shown as it is before the history. */
    static final String HISTORY = """
            SELECT decided_utc, vertex_name, from_parallelism AS p, to_parallelism AS new_p,
                   true_processing_rate AS can_do, target_rate AS has_to_do, expected_rate AS will_do,
                   outcome, seconds_to_running AS seconds, reason
            FROM v_rescales ORDER BY decided_at, vertex_position""";

    private static final String DECISIONS = """
            SELECT id, decided_at, kind, reason, detail, phase, phase_detail, restart_ms
            FROM decision ORDER BY id""";

    private static final String CHANGES = """
            SELECT vertex_name, from_parallelism, to_parallelism, true_processing_rate, target_rate, why
            FROM vertex_change WHERE decision_id = ? AND from_parallelism <> to_parallelism ORDER BY vertex_position""";

    private static final String PARALLELISM = """
            SELECT from_parallelism, to_parallelism FROM v_rescales WHERE vertex_name = ? ORDER BY decided_at""";

    /**
     * A row of the table {@code decision}, with the vertices that it changes.
     *
     * @param decidedAt epoch milliseconds
     * @param phase of a rescale: how far it has come
     */
    record Decision(
            long id,
            long decidedAt,
            String kind,
            String reason,
            String detail,
            @Nullable String phase,
            @Nullable String phaseDetail,
            long restartMillis,
            List<Change> changes) {

        boolean isRescale() {
            return kind.equals("EXECUTED");
        }

        /** The job runs as it should, as far as the daemon can tell. */
        boolean isSettled() {
            return !isRescale() && SETTLED.contains(HoldReason.valueOf(reason));
        }
    }

    /** A row of the table {@code vertex_change}. */
    record Change(String vertex, int from, int to, double trueProcessingRate, double targetRate, String why) {}

    /** All so far, the oldest first. */
    List<Decision> all() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet row = connection.createStatement().executeQuery(DECISIONS)) {
            List<Decision> all = new ArrayList<>();
            while (row.next()) {
                all.add(new Decision(
                        row.getLong("id"),
                        row.getLong("decided_at"),
                        row.getString("kind"),
                        row.getString("reason"),
                        row.getString("detail"),
                        row.getString("phase"),
                        row.getString("phase_detail"),
                        row.getLong("restart_ms"),
                        changes(connection, row.getLong("id"))));
            }
            return all;
        }
    }

    private static List<Change> changes(Connection connection, long decision) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(CHANGES)) {
            query.setLong(1, decision);
            ResultSet row = query.executeQuery();
            List<Change> changes = new ArrayList<>();
            while (row.next()) {
                changes.add(new Change(
                        row.getString("vertex_name"),
                        row.getInt("from_parallelism"),
                        row.getInt("to_parallelism"),
                        row.getDouble("true_processing_rate"),
                        row.getDouble("target_rate"),
                        row.getString("why")));
            }
            return changes;
        }
    }

    /** The parallelism of a vertex before its first rescale, and after each of them. */
    List<Integer> parallelismOf(String vertex) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement query = connection.prepareStatement(PARALLELISM)) {
            query.setString(1, vertex);
            ResultSet row = query.executeQuery();
            List<Integer> steps = new ArrayList<>();
            while (row.next()) {
                if (steps.isEmpty()) {
                    steps.add(row.getInt("from_parallelism"));
                }
                steps.add(row.getInt("to_parallelism"));
            }
            return steps;
        }
    }

    /** The history as a table: a row of names, then a row per rescaled vertex. */
    List<List<String>> history() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet row = connection.createStatement().executeQuery(HISTORY)) {
            int columns = row.getMetaData().getColumnCount();
            List<List<String>> table = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                names.add(row.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT));
            }
            table.add(names);
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(String.valueOf(row.getString(i)));
                }
                table.add(values);
            }
            return table;
        }
    }
}
