package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.core.event.JobEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/** The rows of {@code event}. */
final class EventRows {

    private static final String FIND = """
            SELECT id FROM event
            WHERE job_run_id = :jobRunId AND event_type = :eventType AND reason = :reason AND event_key = :eventKey
                AND last_seen >= :since
            ORDER BY last_seen DESC, id DESC
            LIMIT 1
            """;

    private static final String COUNT_UP = """
            UPDATE event SET occurrences = occurrences + 1, message = :message, last_seen = :now WHERE id = :id
            """;

    private static final String COUNT_MORE = """
            UPDATE event SET occurrences = occurrences + :more, message = :message, last_seen = :lastSeen WHERE id = :id
            """;

    private static final String INSERT = """
            INSERT INTO event (job_run_id, event_type, reason, event_key, message, first_seen, last_seen, occurrences)
            VALUES (:jobRunId, :eventType, :reason, :eventKey, :message, :now, :now, 1)
            """;

    /** A message may hold the answer of a server; every database takes this much. */
    private static final int MESSAGE_LENGTH = 100_000;

    private EventRows() {}

    /**
     * Counts up the row of the same event where there is one that is recent enough, and inserts one otherwise.
     *
     * @return the id of the row
     */
    static long add(Handle handle, long jobRunId, JobEvent event, Instant now) {
        Optional<Long> same = event.mergeWithin()
                .flatMap(interval -> named(handle.createQuery(FIND), jobRunId, event)
                        .bind("since", now.minus(interval).toEpochMilli())
                        .mapTo(Long.class)
                        .findOne());
        if (same.isPresent()) {
            handle.createUpdate(COUNT_UP)
                    .bind("id", same.get())
                    .bind("message", message(event))
                    .bind("now", now.toEpochMilli())
                    .execute();
            return same.get();
        }
        return named(handle.createUpdate(INSERT), jobRunId, event)
                .bind("message", message(event))
                .bind("now", now.toEpochMilli())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    /** Counts up rows by what was told since they were written. */
    static void countUp(Handle handle, List<RecentEvents.Told> events) {
        if (events.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(COUNT_MORE)) {
            for (RecentEvents.Told told : events) {
                batch.bind("id", told.eventId())
                        .bind("more", told.again())
                        .bind("message", message(told.message()))
                        .bind("lastSeen", told.at().toEpochMilli())
                        .add();
            }
            batch.execute();
        }
    }

    private static <S extends SqlStatement<S>> S named(S statement, long jobRunId, JobEvent event) {
        return statement
                .bind("jobRunId", jobRunId)
                .bind("eventType", event.type().text())
                .bind("reason", event.reason().text())
                .bind("eventKey", Columns.cut(event.key(), 255));
    }

    private static String message(JobEvent event) {
        return message(event.message());
    }

    private static String message(String told) {
        return Columns.cut(told, MESSAGE_LENGTH);
    }
}
