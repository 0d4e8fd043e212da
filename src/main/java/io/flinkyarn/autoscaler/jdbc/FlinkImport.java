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
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes over what Flink's own autoscaler has written by JDBC: its events, and the decisions that its scaling reports and its scaling history
 * tell of. Its tables are only read. What was taken over before is found again, and not taken twice. For one thread.
 */
public final class FlinkImport {

    /** Stands for the application, which Flink's tables do not name. */
    static final String APPLICATION = "imported-from-flink";

    private static final int PAGE = 500;

    private final Database database;
    private final String cluster;
    private final ZoneId zone;
    private final Consumer<String> told;

    private final Map<String, Integer> statesNotTaken = new TreeMap<>();
    private int events;
    private int refreshed;
    private int decisions;
    private int known;
    private int notRead;

    /**
     * @param cluster whose jobs they were
     * @param zone of the process that has written the rows: they hold local times
     * @param told gets a line for everything that cannot be read, and for every kind of state that is not taken over
     */
    public FlinkImport(Database database, String cluster, ZoneId zone, Consumer<String> told) {
        this.database = database;
        this.cluster = cluster;
        this.zone = zone;
        this.told = told;
    }

    /**
     * What came of it.
     *
     * @param events that are new; a scaling report is one, and a decision besides
     * @param refreshed events that were here, and have happened again since
     * @param decisions that are new
     * @param known events, and decisions of scaling histories, that were here already
     * @param notTaken states of the kinds that are left where they are
     * @param notRead rows, or parts of them
     */
    public record Outcome(int events, int refreshed, int decisions, int known, int notTaken, int notRead) {}

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException, UnreadableRow;
    }

    private interface Taker<T> {
        void take(T row) throws SQLException, StoreException;
    }

    public Outcome run(DatabaseAccess source) throws StoreException {
        Properties properties = new Properties();
        source.user().ifPresent(user -> properties.setProperty("user", user));
        source.password().ifPresent(password -> properties.setProperty("password", password));
        try (Connection connection = DriverManager.getConnection(source.url(), properties)) {
            // First the events: a scaling report may hold more of a decision than the history still does.
            eachRow(
                    connection,
                    FlinkEventRow.TABLE,
                    FlinkEventRow.SELECT,
                    row -> FlinkEventRow.of(row, zone),
                    this::takeEvent);
            eachRow(
                    connection,
                    FlinkStateRow.TABLE,
                    FlinkStateRow.SELECT,
                    FlinkStateRow::of,
                    row -> takeState(connection, row));
        } catch (SQLException e) {
            throw new StoreException(
                    "Cannot read the tables of Flink's autoscaler in " + source + ": "
                            + source.hide(DatabaseProblem.firstLine(e)),
                    e);
        }
        statesNotTaken.forEach((type, count) -> told.accept(FlinkStateRow.TABLE + ", state_type '" + type + "': "
                + count + " not taken over: " + FlinkStateKind.of(type).whyNotTaken()));
        int notTaken =
                statesNotTaken.values().stream().mapToInt(Integer::intValue).sum();
        return new Outcome(events, refreshed, decisions, known, notTaken, notRead);
    }

    private <T> void eachRow(Connection connection, String table, String select, Reader<T> reader, Taker<T> taker)
            throws SQLException, StoreException {
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setMaxRows(PAGE);
            for (long after = Long.MIN_VALUE, last; ; after = last) {
                statement.setLong(1, after);
                last = after;
                List<T> page = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        last = rows.getLong("id");
                        try {
                            page.add(reader.read(rows));
                        } catch (UnreadableRow e) {
                            unread(table, last, e.getMessage());
                        }
                    }
                }
                for (T row : page) {
                    taker.take(row);
                }
                if (last == after) {
                    return;
                }
            }
        }
    }

    private void takeEvent(FlinkEventRow row) throws StoreException {
        Optional<FlinkDecision> report = report(row);
        long jobRunId = jobRun(row.job(), row.updated());
        TakenEvent taken = database.transaction(
                "import event " + row.id(),
                handle -> new TakenEvent(
                        ImportedEvents.write(handle, jobRunId, row),
                        report.isPresent() && ImportedDecisions.insertMissing(handle, jobRunId, report.get())));
        switch (taken.event()) {
            case NEW -> events++;
            case REFRESHED -> refreshed++;
            case KNOWN -> known++;
        }
        decisions += taken.decision() ? 1 : 0;
    }

    private record TakenEvent(ImportedEvents.Written event, boolean decision) {}

    private Optional<FlinkDecision> report(FlinkEventRow row) {
        if (!row.isScalingReport()) {
            return Optional.empty();
        }
        try {
            return Optional.of(FlinkScalingReport.parse(row.message(), row.created()));
        } catch (UnreadableRow e) {
            unread(FlinkEventRow.TABLE, row.id(), e.getMessage() + "; its event is taken, and no decision");
            return Optional.empty();
        }
    }

    private void takeState(Connection connection, FlinkStateRow row) throws SQLException, StoreException {
        if (row.kind() != FlinkStateKind.SCALING_HISTORY) {
            statesNotTaken.merge(row.type(), 1, Integer::sum);
            return;
        }
        try {
            FlinkScalingHistory history = FlinkScalingHistory.parse(row.value(connection));
            history.unread().forEach(why -> unread(FlinkStateRow.TABLE, row.id(), why));
            for (FlinkDecision decision : history.decisions()) {
                takeDecision(row, decision);
            }
        } catch (UnreadableRow e) {
            unread(FlinkStateRow.TABLE, row.id(), e.getMessage());
        }
    }

    private void takeDecision(FlinkStateRow row, FlinkDecision decision) throws StoreException {
        if (!decision.scalesUp() && !decision.scalesDown()) {
            unread(FlinkStateRow.TABLE, row.id(), "the decision of " + decision.at() + " changes no parallelism");
            return;
        }
        long jobRunId = jobRun(row.job(), decision.at());
        boolean isNew = database.transaction(
                "import state " + row.id(), handle -> ImportedDecisions.insertMissing(handle, jobRunId, decision));
        decisions += isNew ? 1 : 0;
        known += isNew ? 0 : 1;
    }

    private long jobRun(String job, Instant seen) throws StoreException {
        return database.runs()
                .idOf(
                        new JobAutoScalerContext(
                                new JobKey(cluster, APPLICATION, job),
                                job,
                                "UNKNOWN",
                                new RestEndpoint(cluster, URI.create("http://localhost/")),
                                Optional.empty()),
                        seen);
    }

    private void unread(String table, long id, @Nullable String why) {
        notRead++;
        told.accept(table + ", id " + id + ": " + why);
    }
}
