package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.KnownJob;
import io.flinkyarn.autoscaler.control.KnownJobs;
import io.flinkyarn.autoscaler.control.LogicalJob;
import io.flinkyarn.autoscaler.control.ManualControl;
import io.flinkyarn.autoscaler.control.OrderTarget;
import io.flinkyarn.autoscaler.control.OrderTarget.Scope;
import io.flinkyarn.autoscaler.control.StandingOrder;
import io.flinkyarn.autoscaler.control.StandingOrder.What;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.jdbc.ManualActions.Action;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The orders in the database: {@code standing_order}, with a row of {@code manual_action} in the same transaction. Any thread may call it. */
public final class JdbcManualControl implements ManualControl {

    private static final String JOBS = """
            SELECT r.cluster, r.application_id, r.job_id, r.job_name, COALESCE(l.logical_name, r.application_id) AS logical_name,
                a.tags
            FROM job_run r
            JOIN application a ON a.cluster = r.cluster AND a.application_id = r.application_id
            LEFT JOIN logical_job l ON l.id = r.logical_job_id
            WHERE r.ended_at IS NULL
            """;

    private static final String ORDERS = """
            SELECT id, scope, cluster, target, job, what, user_name, reason, since FROM standing_order ORDER BY since, id
            """;

    private static final String INSERT = """
            INSERT INTO standing_order (scope, cluster, target, job, what, user_name, reason, since)
            VALUES (:scope, :cluster, :target, :job, :what, :userName, :reason, :since)
            """;

    private final Database database;

    /** The database is closed by whoever has opened it. */
    public JdbcManualControl(Database database) {
        this.database = database;
    }

    private record Row(long id, StandingOrder order) {}

    @Override
    public KnownJobs jobs() throws StoreException {
        return database.transaction("read which jobs run", JdbcManualControl::jobs);
    }

    private static KnownJobs jobs(Handle handle) {
        return new KnownJobs(
                handle.createQuery(JOBS).map((row, context) -> job(row)).list());
    }

    private static KnownJob job(ResultSet row) throws SQLException {
        JobKey key = new JobKey(row.getString("cluster"), row.getString("application_id"), row.getString("job_id"));
        String tags = Optional.ofNullable(row.getString("tags")).orElse("");
        return new KnownJob(
                key,
                new LogicalJob(key.cluster(), row.getString("logical_name"), row.getString("job_name")),
                tags.isEmpty() ? Set.of() : Set.of(tags.split(",")));
    }

    @Override
    public List<StandingOrder> orders() throws StoreException {
        return database.transaction(
                "read the standing orders",
                handle -> rows(handle).stream().map(Row::order).toList());
    }

    private static List<Row> rows(Handle handle) {
        return handle.createQuery(ORDERS)
                .map((row, context) -> new Row(row.getLong("id"), order(row)))
                .list();
    }

    private static StandingOrder order(ResultSet row) throws SQLException {
        OrderTarget target = new OrderTarget(
                Scope.valueOf(row.getString("scope")),
                row.getString("cluster"),
                row.getString("target"),
                row.getString("job"));
        return new StandingOrder(
                target,
                What.valueOf(row.getString("what")),
                row.getString("user_name"),
                row.getString("reason"),
                Instant.ofEpochMilli(row.getLong("since")));
    }

    @Override
    public long give(StandingOrder order) throws StoreException {
        return database.transaction("record what " + order.user() + " has ordered", handle -> {
            KnownJobs jobs = jobs(handle);
            List<StandingOrder> given = order.what() == What.RESET ? ManualControl.perRun(order, jobs) : List.of(order);
            deleteReplaced(handle, given);
            given.forEach(each -> insert(handle, each));
            Action action = switch (order.what()) {
                case PAUSE -> Action.PAUSE;
                case RESET -> Action.RESET;
                case MODE_OFF -> Action.MODE_OFF;
                case MODE_OBSERVE -> Action.MODE_OBSERVE;
                case MODE_SCALE -> Action.MODE_SCALE;
            };
            onRecord(handle, action, order);
            return jobs.covered(order.target());
        });
    }

    private static List<StandingOrder> deleteReplaced(Handle handle, List<StandingOrder> by) {
        List<Row> replaced = rows(handle).stream()
                .filter(row -> by.stream().anyMatch(next -> next.replaces(row.order())))
                .toList();
        delete(handle, replaced);
        return replaced.stream().map(Row::order).toList();
    }

    private static void delete(Handle handle, List<Row> rows) {
        rows.forEach(row -> handle.createUpdate("DELETE FROM standing_order WHERE id = :id")
                .bind("id", row.id())
                .execute());
    }

    private static void insert(Handle handle, StandingOrder order) {
        handle.createUpdate(INSERT)
                .bind("scope", order.target().scope().name())
                .bind("cluster", order.target().cluster())
                .bind("target", Columns.prefix(order.target().name(), 500))
                .bind("job", Columns.prefix(order.target().job(), 500))
                .bind("what", order.what().name())
                .bind("userName", Columns.cut(order.user(), 255))
                .bind("reason", Columns.cut(order.reason(), 1000))
                .bind("since", order.since().toEpochMilli())
                .execute();
    }

    private static void onRecord(Handle handle, Action action, StandingOrder order) {
        OrderTarget target = order.target();
        String name = switch (target.scope()) {
            case ALL -> "";
            case CLUSTER -> target.cluster();
            case TAG -> target.name();
            case JOB, RUN -> target.cluster() + "/" + target.name() + "/" + target.job();
        };
        ManualActions.insert(
                handle,
                action,
                ManualActions.Scope.valueOf(
                        target.scope() == Scope.RUN ? "JOB" : target.scope().name()),
                name,
                order.user(),
                Optional.of(order.reason()).filter(reason -> !reason.isBlank()),
                order.since());
    }

    @Override
    public List<StandingOrder> takeBack(OrderTarget target, What what, String user, String reason, Instant now)
            throws StoreException {
        StandingOrder opposite = new StandingOrder(target, what, user, reason, now);
        return database.transaction("record what " + user + " has taken back", handle -> {
            List<StandingOrder> taken = deleteReplaced(handle, List.of(opposite));
            onRecord(handle, what.isMode() ? Action.MODE_DEFAULT : Action.RESUME, opposite);
            return taken;
        });
    }

    @Override
    public void done(StandingOrder reset) throws StoreException {
        database.transaction("note that " + reset.target() + " was reset", handle -> {
            delete(
                    handle,
                    rows(handle).stream()
                            .filter(row -> row.order().equals(reset))
                            .toList());
            return true;
        });
    }
}
