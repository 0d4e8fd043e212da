package io.flinkyarn.autoscaler.testing;

import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rescale as the history has it.
 *
 * @param job name of the job
 * @param phase empty where there is none, which is a defect
 * @param from parallelism by id of the vertices that change, when it was decided
 * @param to what they are to have
 */
public record ExecutedDecision(
        String job,
        long id,
        Instant decidedAt,
        Optional<Phase> phase,
        Map<String, Integer> from,
        Map<String, Integer> to) {

    public ExecutedDecision {
        from = Map.copyOf(from);
        to = Map.copyOf(to);
    }

    public ExecutedDecision with(Phase next) {
        return new ExecutedDecision(job, id, decidedAt, Optional.of(next), from, to);
    }

    /** Whether it has yet to be brought about. */
    public boolean isOpen() {
        return phase.isEmpty() || phase.get().isOpen();
    }

    /** Those of all jobs, in the order in which they were written. */
    static List<ExecutedDecision> read(Connection connection) throws SQLException {
        List<ExecutedDecision> decisions = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT d.id, r.job_name, d.decided_at, d.phase
                        FROM decision d JOIN job_run r ON r.id = d.job_run_id
                        WHERE d.kind = 'EXECUTED' ORDER BY d.id
                        """)) {
            while (row.next()) {
                Map<String, Integer> from = new HashMap<>();
                Map<String, Integer> to = new HashMap<>();
                readChanges(connection, row.getLong("id"), from, to);
                decisions.add(new ExecutedDecision(
                        row.getString("job_name"),
                        row.getLong("id"),
                        Instant.ofEpochMilli(row.getLong("decided_at")),
                        Optional.ofNullable(row.getString("phase")).map(Phase::valueOf),
                        from,
                        to));
            }
        }
        return decisions;
    }

    private static void readChanges(
            Connection connection, long decision, Map<String, Integer> from, Map<String, Integer> to)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT vertex_id, from_parallelism, to_parallelism FROM vertex_change
                WHERE decision_id = ? AND to_parallelism <> from_parallelism
                """)) {
            statement.setLong(1, decision);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    from.put(row.getString("vertex_id"), row.getInt("from_parallelism"));
                    to.put(row.getString("vertex_id"), row.getInt("to_parallelism"));
                }
            }
        }
    }
}
