package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/**
 * Deletes old history in small transactions, with a rest after each, so that nobody waits long for a row or for the disk. The state of a job stays,
 * and so does its newest decision. Made by the daemon, and run once an hour by one thread at a time.
 */
public final class Retention {

    private static final int BATCH = 200;
    private static final String PURPOSE = "delete old history";

    /** Runs at once whose windows go: some thousand samples. */
    private static final int WINDOWS = 20;

    /** No job that comes back after a day goes on with its window. */
    private static final Duration KEEP_WINDOWS = Duration.ofDays(1);

    /** These queries find ids, and with each the place where the next batch goes on: what is passed over is read once. */
    private static final String OLD_WINDOWS = """
            SELECT r.id, r.id AS place FROM job_run r
            WHERE r.ended_at < :before AND r.id > :from
                AND EXISTS (SELECT 1 FROM metric_sample s WHERE s.job_run_id = r.id)
            ORDER BY r.id
            LIMIT :batch
            """;

    private static final String OLD_DECISIONS = """
            SELECT d.id, d.decided_at AS place FROM decision d
            WHERE d.decided_at < :before AND d.decided_at >= :from AND EXISTS (
                SELECT 1 FROM decision n WHERE n.job_run_id = d.job_run_id AND n.decided_at > d.decided_at)
            ORDER BY d.decided_at
            LIMIT :batch
            """;

    private static final String OLD_EVENTS = """
            SELECT id, last_seen AS place FROM event
            WHERE last_seen < :before AND last_seen >= :from
            ORDER BY last_seen
            LIMIT :batch
            """;

    private static final String OLD_PROBLEMS = """
            SELECT id, last_seen AS place FROM cluster_problem
            WHERE last_seen < :before AND last_seen >= :from AND ended_at IS NOT NULL
            ORDER BY last_seen
            LIMIT :batch
            """;

    private final Database database;
    private final Duration keepHistory;
    private final Duration keepMetrics;
    private final Consumer<Duration> rest;

    private record Found(long id, long place) {}

    /**
     * @param keepHistory how long decisions, events, problems and the use of slots are kept; zero: for ever
     * @param keepMetrics how long the metrics of each minute are kept; zero: all that there are go
     */
    public Retention(Database database, Duration keepHistory, Duration keepMetrics) {
        this(database, keepHistory, keepMetrics, Retention::sleep);
    }

    /** @param rest is given how long a transaction took, after each; in production as long is slept */
    Retention(Database database, Duration keepHistory, Duration keepMetrics, Consumer<Duration> rest) {
        this.database = database;
        this.keepHistory = keepHistory;
        this.keepMetrics = keepMetrics;
        this.rest = rest;
    }

    /** Deletes what is older than is kept; returns how many rows that were, those of vertices and of windows apart. */
    public int apply(Instant now) throws StoreException {
        deleteRows(OLD_WINDOWS, now.minus(KEEP_WINDOWS), WINDOWS, "metric_sample WHERE job_run_id");
        int deleted = deleteMoments("metric_minute", "minute_start", now.minus(keepMetrics));
        if (keepHistory.isZero()) {
            return deleted;
        }
        Instant before = now.minus(keepHistory);
        return deleted
                + deleteMoments("slot_usage", "hour_start", before)
                + deleteMoments("slot_usage_day", "day_start", before)
                + deleteRows(OLD_DECISIONS, before, BATCH, "vertex_change WHERE decision_id", "decision WHERE id")
                + deleteRows(OLD_EVENTS, before, BATCH, "event WHERE id")
                + deleteRows(OLD_PROBLEMS, before, BATCH, "cluster_problem WHERE id");
    }

    /** @param places from where to delete the rows of what was found, the last being its own */
    private int deleteRows(String old, Instant before, int batch, String... places) throws StoreException {
        int deleted = 0;
        long from = Long.MIN_VALUE;
        List<Found> found;
        do {
            long start = from;
            found = transaction(handle -> {
                List<Found> rows = find(handle, old, before, start, batch);
                List<Long> ids = rows.stream().map(Found::id).toList();
                for (String place : places) {
                    delete(handle, place, ids);
                }
                return rows;
            });
            deleted += found.size();
            from = found.isEmpty() ? from : found.get(found.size() - 1).place();
        } while (found.size() == batch && !Thread.currentThread().isInterrupted());
        return deleted;
    }

    private static List<Found> find(Handle handle, String old, Instant before, long from, int batch) {
        return handle.createQuery(old)
                .bind("before", before.toEpochMilli())
                .bind("from", from)
                .bind("batch", batch)
                .map((row, context) -> new Found(row.getLong("id"), row.getLong("place")))
                .list();
    }

    private static void delete(Handle handle, String place, List<Long> ids) {
        if (!ids.isEmpty()) {
            handle.createUpdate("DELETE FROM " + place + " IN (<ids>)")
                    .bindList("ids", ids)
                    .execute();
        }
    }

    /** Of these tables, the rows of one moment, which were written together, are a batch. */
    private int deleteMoments(String table, String time, Instant before) throws StoreException {
        int deleted = 0;
        int batch;
        do {
            batch = transaction(handle -> {
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
        } while (batch > 0 && !Thread.currentThread().isInterrupted());
        return deleted;
    }

    private <T> T transaction(HandleCallback<T, RuntimeException> work) throws StoreException {
        long begin = System.nanoTime();
        T result = database.transaction(PURPOSE, work);
        rest.accept(Duration.ofNanos(System.nanoTime() - begin));
        return result;
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
