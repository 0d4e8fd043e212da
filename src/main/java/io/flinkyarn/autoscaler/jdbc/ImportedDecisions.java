package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.jdbc.FlinkDecision.Change;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The rows of {@code decision} and {@code vertex_change} that {@link FlinkImport} writes. What is not known is 0 or NULL in them. */
final class ImportedDecisions {

    /** The times of events may have been rounded to seconds by their database. */
    private static final long SAME_TIME_MS = 1000;

    private static final String FIND_CHANGES = """
            SELECT d.id, v.vertex_id, v.from_parallelism, v.to_parallelism
            FROM decision d JOIN vertex_change v ON v.decision_id = d.id
            WHERE d.job_run_id = :jobRunId AND d.decided_at > :after AND d.decided_at < :before
            """;

    private static final String INSERT_DECISION = """
            INSERT INTO decision (job_run_id, decided_at, kind, reason, detail, phase, phase_since, phase_detail,
                triggered_by, decided_by)
            VALUES (:jobRunId, :decidedAt, :kind, :reason, 'imported', :phase, :decidedAt, :phaseDetail,
                'IMPORT', 'Flink autoscaler')
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

    private record Known(long decisionId, Move move) {}

    private record Move(String vertexId, int from, int to) {}

    private ImportedDecisions() {}

    /** Whether it was not there yet. */
    static boolean insertMissing(Handle handle, long jobRunId, FlinkDecision decision) {
        if (isKnown(handle, jobRunId, decision)) {
            return false;
        }
        boolean only = decision.recommendedOnly();
        long id = handle.createUpdate(INSERT_DECISION)
                .bind("jobRunId", jobRunId)
                .bind("decidedAt", decision.at().toEpochMilli())
                .bind("kind", only ? "RECOMMENDED" : "EXECUTED")
                .bind("reason", only ? "SCALING_DISABLED" : direction(decision))
                .bind("phase", only ? null : "SUPERSEDED")
                .bind("phaseDetail", only ? null : "imported: Flink's autoscaler does not record what came of it")
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
        for (int position = 0; position < decision.changes().size(); position++) {
            insertVertex(handle, id, position, decision.changes().get(position));
        }
        return true;
    }

    /**
     * A decision that holds more changes than this one is the same one: Flink's autoscaler keeps a number of changes for every vertex, so that
     * the oldest decision in its history loses its vertices one by one.
     */
    private static boolean isKnown(Handle handle, long jobRunId, FlinkDecision decision) {
        List<Move> moves = decision.changes().stream()
                .map(change -> new Move(change.vertex().hex(), change.from(), change.to()))
                .toList();
        long at = decision.at().toEpochMilli();
        Collection<Set<Move>> known = handle
                .createQuery(FIND_CHANGES)
                .bind("jobRunId", jobRunId)
                .bind("after", at - SAME_TIME_MS)
                .bind("before", at + SAME_TIME_MS)
                .map((row, context) -> new Known(
                        row.getLong("id"),
                        new Move(
                                row.getString("vertex_id"),
                                row.getInt("from_parallelism"),
                                row.getInt("to_parallelism"))))
                .stream()
                .collect(Collectors.groupingBy(Known::decisionId, Collectors.mapping(Known::move, Collectors.toSet())))
                .values();
        return known.stream().anyMatch(there -> there.containsAll(moves));
    }

    private static String direction(FlinkDecision decision) {
        boolean up = decision.scalesUp();
        return up && decision.scalesDown() ? "SCALE_UP_AND_DOWN" : up ? "SCALE_UP" : "SCALE_DOWN";
    }

    private static void insertVertex(Handle handle, long decisionId, int position, Change change) {
        VertexOutcome outcome = change.to() > change.from()
                ? VertexOutcome.SCALE_UP
                : change.to() < change.from() ? VertexOutcome.SCALE_DOWN : VertexOutcome.UNCHANGED;
        handle.createUpdate(INSERT_VERTEX)
                .bind("decisionId", decisionId)
                .bind("position", position)
                .bind("vertexId", change.vertex().hex())
                .bind("outcome", outcome.name())
                .bind("from", change.from())
                .bind("to", change.to())
                .bind("capacity", change.capacity())
                .bind("expected", change.expected())
                .bind("target", change.target())
                .execute();
    }
}
