package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The rows that {@link FlinkImport} writes. What Flink's autoscaler does not tell is 0 or NULL in them. */
final class ImportedRows {

    private static final String COUNT_EVENT = """
            SELECT COUNT(*) FROM event
            WHERE job_run_id = :jobRunId AND event_type = :type AND reason = :reason AND event_key = :key
                AND first_seen = :created
            """;

    private static final String INSERT_EVENT = """
            INSERT INTO event (job_run_id, event_type, reason, event_key, message, first_seen, last_seen, occurrences)
            VALUES (:jobRunId, :type, :reason, :key, :message, :created, :updated, :count)
            """;

    private static final String INSERT_DECISION = """
            INSERT INTO decision (job_run_id, decided_at, kind, reason, detail, phase, phase_since, phase_detail, decided_by)
            VALUES (:jobRunId, :decidedAt, :kind, :reason, 'imported', :phase, :decidedAt, :phaseDetail, 'Flink autoscaler')
            """;

    private static final String INSERT_VERTEX = """
            INSERT INTO vertex_change (decision_id, vertex_position, vertex_id, vertex_name, outcome, why,
                from_parallelism, raw_parallelism, limited_parallelism, limited_by, aligned_parallelism,
                to_parallelism, max_parallelism, receives_nothing, true_processing_rate, estimator,
                target_rate, expected_rate, outside_band)
            VALUES (:decisionId, :position, :vertexId, :vertexId, :outcome, 'imported',
                :from, :to, :to, 'NONE', :to,
                :to, 0, 0, :capacity, 'UNKNOWN',
                :target, :expected, 1)
            """;

    private ImportedRows() {}

    /** Whether the event was not there yet. */
    static boolean insertEvent(Handle handle, long jobRunId, FlinkImport.Row row) {
        String reason = Columns.cut(row.reason(), 50);
        String type = Columns.cut(row.type(), 20);
        String key = Columns.cut(row.key(), 255);
        long created = row.created().toEpochMilli();
        boolean known = handle.createQuery(COUNT_EVENT)
                        .bind("jobRunId", jobRunId)
                        .bind("type", type)
                        .bind("reason", reason)
                        .bind("key", key)
                        .bind("created", created)
                        .mapTo(Integer.class)
                        .one()
                > 0;
        if (!known) {
            handle.createUpdate(INSERT_EVENT)
                    .bind("jobRunId", jobRunId)
                    .bind("type", type)
                    .bind("reason", reason)
                    .bind("key", key)
                    .bind("message", Columns.cut(row.message(), 100_000))
                    .bind("created", created)
                    .bind("updated", row.updated().toEpochMilli())
                    .bind("count", row.count())
                    .execute();
        }
        return !known;
    }

    static void insertDecision(Handle handle, long jobRunId, FlinkScalingReport report, Instant at) {
        List<FlinkScalingReport.Line> lines = report.lines();
        boolean up = lines.stream().anyMatch(line -> line.to() > line.from());
        boolean down = lines.stream().anyMatch(line -> line.to() < line.from());
        boolean only = report.recommendedOnly();
        long id = handle.createUpdate(INSERT_DECISION)
                .bind("jobRunId", jobRunId)
                .bind("decidedAt", at.toEpochMilli())
                .bind("kind", only ? "RECOMMENDED" : "EXECUTED")
                .bind(
                        "reason",
                        only ? "SCALING_DISABLED" : up && down ? "SCALE_UP_AND_DOWN" : up ? "SCALE_UP" : "SCALE_DOWN")
                .bind("phase", only ? null : "SUPERSEDED")
                .bind("phaseDetail", only ? null : "imported: Flink's autoscaler does not record what came of it")
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
        for (int position = 0; position < lines.size(); position++) {
            insertVertex(handle, id, position, lines.get(position));
        }
    }

    private static void insertVertex(Handle handle, long decisionId, int position, FlinkScalingReport.Line line) {
        VertexOutcome outcome = line.to() > line.from() ? VertexOutcome.SCALE_UP : VertexOutcome.SCALE_DOWN;
        handle.createUpdate(INSERT_VERTEX)
                .bind("decisionId", decisionId)
                .bind("position", position)
                .bind("vertexId", line.vertexId())
                .bind("outcome", outcome.name())
                .bind("from", line.from())
                .bind("to", line.to())
                .bind("capacity", line.capacity())
                .bind("expected", line.expected())
                .bind("target", line.target())
                .execute();
    }
}
