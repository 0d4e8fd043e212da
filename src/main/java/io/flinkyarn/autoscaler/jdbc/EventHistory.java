package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** Reads the events back, for the command line and the dashboard. Any thread may call it. */
public final class EventHistory {

    private static final String SELECT = """
            SELECT e.event_type, e.reason, e.message, e.first_seen, e.last_seen, e.occurrences,
                r.cluster, r.application_id, r.job_id, r.job_name
            FROM event e
            JOIN job_run r ON r.id = e.job_run_id
            WHERE e.last_seen >= :since
            """;

    private final Database database;

    public EventHistory(Database database) {
        this.database = database;
    }

    /**
     * Which events are wanted.
     *
     * @param job its name or id, or the name or id of its application; empty: all jobs
     * @param since told then or later, be it for the first time or again
     * @param type a type, such as Warning, or a reason, such as ScalingReport, in any case; empty: all
     * @param limit at most so many, the latest
     */
    public record Wanted(Optional<String> job, Instant since, Optional<String> type, int limit) {}

    /**
     * An event with the times at which it was told.
     *
     * @param type in the words of {@link io.flinkyarn.autoscaler.core.event.EventType}
     * @param reason in the words of {@link io.flinkyarn.autoscaler.core.event.EventReason}
     */
    public record Told(
            JobKey job,
            String jobName,
            String type,
            String reason,
            String message,
            Instant firstSeen,
            Instant lastSeen,
            int occurrences) {}

    /** Those that were told last first. */
    public List<Told> find(Wanted wanted) throws StoreException {
        String sql = SELECT
                + wanted.job().map(job -> "AND " + NamedJob.CONDITION).orElse("")
                + wanted.type()
                        .map(type -> "AND (LOWER(e.event_type) = LOWER(:type) OR LOWER(e.reason) = LOWER(:type))\n")
                        .orElse("")
                + "ORDER BY e.last_seen DESC, e.id DESC LIMIT :limit";
        return database.transaction("read the events", handle -> {
            Query query = handle.createQuery(sql)
                    .bind("since", wanted.since().toEpochMilli())
                    .bind("limit", wanted.limit());
            wanted.job().ifPresent(job -> query.bind("job", job));
            wanted.type().ifPresent(type -> query.bind("type", type));
            return query.map((row, context) -> told(row)).list();
        });
    }

    private static Told told(ResultSet row) throws SQLException {
        return new Told(
                new JobKey(row.getString("cluster"), row.getString("application_id"), row.getString("job_id")),
                row.getString("job_name"),
                row.getString("event_type"),
                row.getString("reason"),
                row.getString("message"),
                Instant.ofEpochMilli(row.getLong("first_seen")),
                Instant.ofEpochMilli(row.getLong("last_seen")),
                row.getInt("occurrences"));
    }
}
