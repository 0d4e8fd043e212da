package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Deletes old history in small transactions. The state of a job stays, and so does its newest decision. */
final class Retention {

    private static final int BATCH = 500;

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

    private Retention() {}

    /** Deletes what ended before; returns how many decisions and events that were. */
    static int apply(Database database, Instant before) throws StoreException {
        int deleted = 0;
        int batch;
        do {
            batch = database.transaction("delete old history", handle -> deleteBatch(handle, before.toEpochMilli()));
            deleted += batch;
        } while (batch >= BATCH);
        return deleted;
    }

    private static int deleteBatch(Handle handle, long before) {
        List<Long> decisions = ids(handle, OLD_DECISIONS, before);
        delete(handle, "DELETE FROM vertex_change WHERE decision_id IN (<ids>)", decisions);
        delete(handle, "DELETE FROM decision WHERE id IN (<ids>)", decisions);
        List<Long> events = ids(handle, OLD_EVENTS, before);
        delete(handle, "DELETE FROM event WHERE id IN (<ids>)", events);
        return decisions.size() + events.size();
    }

    private static List<Long> ids(Handle handle, String sql, long before) {
        return handle.createQuery(sql)
                .bind("before", before)
                .bind("batch", BATCH)
                .mapTo(Long.class)
                .list();
    }

    private static void delete(Handle handle, String sql, List<Long> ids) {
        if (!ids.isEmpty()) {
            handle.createUpdate(sql).bindList("ids", ids).execute();
        }
    }
}
