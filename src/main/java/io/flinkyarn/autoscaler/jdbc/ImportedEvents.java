package io.flinkyarn.autoscaler.jdbc;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code event} that {@link FlinkImport} writes. */
final class ImportedEvents {

    /** What writing a row came to. */
    enum Written {
        NEW,
        /** It was there, and has happened again since. */
        REFRESHED,
        KNOWN
    }

    private static final String FIND = """
            SELECT id FROM event
            WHERE job_run_id = :jobRunId AND event_type = :type AND reason = :reason AND event_key = :key
                AND first_seen = :created
            ORDER BY id LIMIT 1
            """;

    private static final String INSERT = """
            INSERT INTO event (job_run_id, event_type, reason, event_key, message, first_seen, last_seen, occurrences)
            VALUES (:jobRunId, :type, :reason, :key, :message, :created, :updated, :count)
            """;

    private static final String REFRESH = """
            UPDATE event SET message = :message, last_seen = :updated, occurrences = :count
            WHERE id = :id AND (last_seen < :updated OR occurrences < :count)
            """;

    private static final int MESSAGE_LENGTH = 100_000;

    private ImportedEvents() {}

    static Written write(Handle handle, long jobRunId, FlinkEventRow row) {
        String type = Columns.cut(row.type(), 20);
        String reason = Columns.cut(row.reason(), 50);
        String key = Columns.cut(row.key(), 255);
        String message = Columns.cut(row.message(), MESSAGE_LENGTH);
        long created = row.created().toEpochMilli();
        long updated = row.updated().toEpochMilli();
        Optional<Long> known = handle.createQuery(FIND)
                .bind("jobRunId", jobRunId)
                .bind("type", type)
                .bind("reason", reason)
                .bind("key", key)
                .bind("created", created)
                .mapTo(Long.class)
                .findOne();
        if (known.isPresent()) {
            int changed = handle.createUpdate(REFRESH)
                    .bind("id", known.get())
                    .bind("message", message)
                    .bind("updated", updated)
                    .bind("count", row.count())
                    .execute();
            return changed > 0 ? Written.REFRESHED : Written.KNOWN;
        }
        handle.createUpdate(INSERT)
                .bind("jobRunId", jobRunId)
                .bind("type", type)
                .bind("reason", reason)
                .bind("key", key)
                .bind("message", message)
                .bind("created", created)
                .bind("updated", updated)
                .bind("count", row.count())
                .execute();
        return Written.NEW;
    }
}
