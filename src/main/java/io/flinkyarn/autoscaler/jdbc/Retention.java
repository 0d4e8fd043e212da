package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Deletes old history in small transactions. The state of a job stays, and so does its newest decision. Made by the daemon, and run once an hour
 * by one thread at a time.
 */
public final class Retention {

    private static final int BATCH = 500;
    private static final String PURPOSE = "delete old history";

    /** Runs at once whose windows go: some thousand samples. */
    private static final int WINDOWS = 20;

    /** No job that comes back after a day goes on with its window. */
    private static final Duration KEEP_WINDOWS = Duration.ofDays(1);

    private static final String OLD_WINDOWS = """
            SELECT r.id FROM job_run r
            WHERE r.ended_at < :before AND EXISTS (SELECT 1 FROM metric_sample s WHERE s.job_run_id = r.id)
            LIMIT :batch
            """;

    private static final String OLD_DECISIONS = """
            SELECT d.id FROM decision d
            WHERE d.decided_at < :before AND EXISTS (
                SELECT 1 FROM decision n WHERE n.job_run_id = d.job_run_id AND n.decided_at > d.decided_at)
            ORDER BY d.decided_at
            LIMIT :batch
            """;

    private static final String OLD_EVENTS = """
            SELECT id FROM event WHERE last_seen < :before ORDER BY last_seen LIMIT :batch
            """;

    private static final String OLD_PROBLEMS = """
            SELECT id FROM cluster_problem
            WHERE last_seen < :before AND ended_at IS NOT NULL
            ORDER BY last_seen
            LIMIT :batch
            """;

    private final Database database;
    private final Duration keepHistory;
    private final Duration keepMetrics;

    /**
     * @param keepHistory how long decisions, events, problems and the use of slots are kept; zero: for ever
     * @param keepMetrics how long the metrics of each minute are kept; zero: all that there are go
     */
    public Retention(Database database, Duration keepHistory, Duration keepMetrics) {
        this.database = database;
        this.keepHistory = keepHistory;
        this.keepMetrics = keepMetrics;
    }

    /** Deletes what is older than is kept; returns how many rows that were, those of vertices and of windows apart. */
    public int apply(Instant now) throws StoreException {
        deleteWindows(now.minus(KEEP_WINDOWS));
        int deleted = deleteMoments("metric_minute", "minute_start", now.minus(keepMetrics));
        if (keepHistory.isZero()) {
            return deleted;
        }
        Instant before = now.minus(keepHistory);
        deleted += deleteMoments("slot_usage", "hour_start", before);
        int batch;
        do {
            batch = database.transaction(PURPOSE, handle -> deleteBatch(handle, before.toEpochMilli()));
            deleted += batch;
        } while (batch >= BATCH);
        return deleted;
    }

    /** Deletes the samples of runs that ended before. */
    private void deleteWindows(Instant before) throws StoreException {
        int batch;
        do {
            batch = database.transaction(PURPOSE, handle -> {
                List<Long> runs = ids(handle, OLD_WINDOWS, before.toEpochMilli(), WINDOWS);
                delete(handle, "DELETE FROM metric_sample WHERE job_run_id IN (<ids>)", runs);
                return runs.size();
            });
        } while (batch == WINDOWS);
    }

    /** Of these tables, the rows of one moment, which were written together, are a batch. */
    private int deleteMoments(String table, String time, Instant before) throws StoreException {
        int deleted = 0;
        int batch;
        do {
            batch = database.transaction(PURPOSE, handle -> {
                Optional<Long> oldest = handle.createQuery(
                                "SELECT MIN(" + time + ") FROM " + table + " WHERE " + time + " < :before")
                        .bind("before", before.toEpochMilli())
                        .mapTo(Long.class)
                        .findOne();
                return oldest.isEmpty()
                        ? 0
                        : handle.createUpdate("DELETE FROM " + table + " WHERE " + time + " = :oldest")
                                .bind("oldest", oldest.get())
                                .execute();
            });
            deleted += batch;
        } while (batch > 0);
        return deleted;
    }

    private static int deleteBatch(Handle handle, long before) {
        List<Long> decisions = ids(handle, OLD_DECISIONS, before, BATCH);
        delete(handle, "DELETE FROM vertex_change WHERE decision_id IN (<ids>)", decisions);
        delete(handle, "DELETE FROM decision WHERE id IN (<ids>)", decisions);
        List<Long> events = ids(handle, OLD_EVENTS, before, BATCH);
        delete(handle, "DELETE FROM event WHERE id IN (<ids>)", events);
        List<Long> problems = ids(handle, OLD_PROBLEMS, before, BATCH);
        delete(handle, "DELETE FROM cluster_problem WHERE id IN (<ids>)", problems);
        return decisions.size() + events.size() + problems.size();
    }

    private static List<Long> ids(Handle handle, String sql, long before, int batch) {
        return handle.createQuery(sql)
                .bind("before", before)
                .bind("batch", batch)
                .mapTo(Long.class)
                .list();
    }

    private static void delete(Handle handle, String sql, List<Long> ids) {
        if (!ids.isEmpty()) {
            handle.createUpdate(sql).bindList("ids", ids).execute();
        }
    }
}
