package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * Takes over what Flink's own autoscaler has written by JDBC: its events, and the decisions that its scaling reports tell of. Its tables are
 * only read. What was taken over before is found again by its job, time and kind, and not taken twice. For one thread.
 */
public final class FlinkImport {

    /** Stands for the application, which Flink's tables do not name. */
    static final String APPLICATION = "imported-from-flink";

    private static final int PAGE = 500;

    private static final String EVENTS = """
            SELECT id, create_time, update_time, job_key, reason, event_type, message, event_count, event_key
            FROM t_flink_autoscaler_event_handler WHERE id > ? ORDER BY id
            """;

    private static final String STATES = """
            SELECT id, job_key, state_type FROM t_flink_autoscaler_state_store WHERE id > ? ORDER BY id
            """;

    private final Database database;
    private final String cluster;
    private final ZoneId zone;
    private final Consumer<String> unread;

    private int events;
    private int decisions;
    private int known;
    private int notRead;

    /**
     * @param cluster whose jobs they were
     * @param zone of the process that has written the rows: they hold local times
     * @param unread is told of every row that cannot be read, in a line
     */
    public FlinkImport(Database database, String cluster, ZoneId zone, Consumer<String> unread) {
        this.database = database;
        this.cluster = cluster;
        this.zone = zone;
        this.unread = unread;
    }

    /** What came of it, in rows; a scaling report counts as an event, and as a decision. */
    public record Outcome(int events, int decisions, int known, int notRead) {}

    record Row(
            long id,
            Instant created,
            Instant updated,
            String job,
            String reason,
            String type,
            String message,
            int count,
            String key) {}

    /** A row of the source that has another form than we know. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    public Outcome run(DatabaseAccess source) throws StoreException {
        Properties properties = new Properties();
        source.user().ifPresent(user -> properties.setProperty("user", user));
        source.password().ifPresent(password -> properties.setProperty("password", password));
        try (Connection connection = DriverManager.getConnection(source.url(), properties)) {
            events(connection);
            states(connection);
        } catch (SQLException e) {
            throw new StoreException(
                    "Cannot read the tables of Flink's autoscaler in " + source + ": "
                            + source.hide(DatabaseProblem.firstLine(e)),
                    e);
        }
        return new Outcome(events, decisions, known, notRead);
    }

    private void events(Connection connection) throws SQLException, StoreException {
        try (PreparedStatement statement = connection.prepareStatement(EVENTS)) {
            statement.setMaxRows(PAGE);
            for (long after = Long.MIN_VALUE, last; ; after = last) {
                statement.setLong(1, after);
                last = after;
                List<Row> page = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        last = rows.getLong("id");
                        try {
                            page.add(row(rows));
                        } catch (Unreadable e) {
                            tell("t_flink_autoscaler_event_handler", last, e);
                        }
                    }
                }
                for (Row row : page) {
                    take(row);
                }
                if (last == after) {
                    return;
                }
            }
        }
    }

    /** The states are told of, and stay where they are: their inner form is documented nowhere. */
    private void states(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STATES)) {
            statement.setLong(1, Long.MIN_VALUE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    tell(
                            "t_flink_autoscaler_state_store",
                            rows.getLong("id"),
                            new Unreadable("the state " + rows.getString("state_type") + " of job "
                                    + rows.getString("job_key") + " has a form that is not known"));
                }
            }
        }
    }

    private Row row(ResultSet row) throws SQLException, Unreadable {
        String job = text(row, "job_key");
        if (job.isEmpty() || job.length() > 32) {
            throw new Unreadable("the job_key '" + job + "' is no id of a Flink job");
        }
        Instant created = instant(row, "create_time").orElseThrow(() -> new Unreadable("it has no create_time"));
        return new Row(
                row.getLong("id"),
                created,
                instant(row, "update_time").orElse(created),
                job,
                text(row, "reason"),
                text(row, "event_type"),
                text(row, "message"),
                Math.max(1, row.getInt("event_count")),
                text(row, "event_key"));
    }

    private Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDateTime.class))
                .map(local -> local.atZone(zone).toInstant());
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).orElse("");
    }

    private void take(Row row) throws StoreException {
        JobAutoScalerContext job = new JobAutoScalerContext(
                new JobKey(cluster, APPLICATION, row.job()),
                row.job(),
                "UNKNOWN",
                new RestEndpoint(cluster, URI.create("http://localhost/")),
                Optional.empty());
        Optional<FlinkScalingReport> report = Optional.empty();
        if (row.reason().equals("ScalingReport")) {
            try {
                report = Optional.of(FlinkScalingReport.parse(row.message()));
            } catch (IllegalArgumentException e) {
                tell(
                        "t_flink_autoscaler_event_handler",
                        row.id(),
                        new Unreadable(e.getMessage() + "; its event is taken, and no decision"));
            }
        }
        long jobRunId = database.runs().idOf(job, row.updated());
        Optional<FlinkScalingReport> decision = report;
        boolean isNew = database.transaction("import row " + row.id(), handle -> {
            if (!ImportedRows.insertEvent(handle, jobRunId, row)) {
                return false;
            }
            decision.ifPresent(d -> ImportedRows.insertDecision(handle, jobRunId, d, row.created()));
            return true;
        });
        if (!isNew) {
            known++;
            return;
        }
        events++;
        decisions += report.isPresent() ? 1 : 0;
    }

    private void tell(String table, long id, Unreadable why) {
        notRead++;
        unread.accept(table + ", id " + id + ": " + why.getMessage());
    }
}
