package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.jdbc.Columns.number;

import io.flinkyarn.autoscaler.core.decide.Limit;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.core.evaluate.Estimator;
import io.flinkyarn.autoscaler.core.event.EventText;
import io.flinkyarn.autoscaler.core.job.VertexId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The rows of {@code vertex_change}: a verdict each. What a number means is said there, and in docs/sql.md. */
final class VertexRows {

    private static final String INSERT = """
            INSERT INTO vertex_change (decision_id, vertex_position, vertex_id, vertex_name, outcome, why,
                from_parallelism, raw_parallelism, limited_parallelism, limited_by, aligned_parallelism,
                to_parallelism, max_parallelism, receives_nothing, true_processing_rate, estimator,
                target_rate, catch_up_rate, expected_rate, required_capacity, lag_records, busy_ratio,
                scale_up_threshold, scale_down_threshold, outside_band, scale_factor, scalability)
            VALUES (:decisionId, :vertexPosition, :vertexId, :vertexName, :outcome, :why,
                :fromParallelism, :rawParallelism, :limitedParallelism, :limitedBy, :alignedParallelism,
                :toParallelism, :maxParallelism, :receivesNothing, :trueProcessingRate, :estimator,
                :targetRate, :catchUpRate, :expectedRate, :requiredCapacity, :lagRecords, :busyRatio,
                :scaleUpThreshold, :scaleDownThreshold, :outsideBand, :scaleFactor, :scalability)
            """;

    private static final String SELECT = "SELECT * FROM vertex_change WHERE decision_id = :id ORDER BY vertex_position";

    private VertexRows() {}

    /** The verdicts of a decision as they were inserted, but for what custom evaluators had replaced, and unlimited expected rates. */
    static List<Verdict> read(Handle handle, long decisionId) {
        return handle.createQuery(SELECT)
                .bind("id", decisionId)
                .map((row, context) -> verdict(row))
                .list();
    }

    private static Verdict verdict(ResultSet row) throws SQLException {
        boolean receivesNothing = row.getInt("receives_nothing") == 1;
        return new Verdict(
                new VertexId(row.getString("vertex_id")),
                row.getString("vertex_name"),
                row.getInt("from_parallelism"),
                row.getInt("max_parallelism"),
                number(row, "target_rate"),
                number(row, "catch_up_rate"),
                number(row, "lag_records"),
                number(row, "busy_ratio"),
                receivesNothing ? OptionalDouble.of(Double.POSITIVE_INFINITY) : number(row, "true_processing_rate"),
                Estimator.valueOf(row.getString("estimator")),
                List.of(),
                number(row, "scale_up_threshold"),
                number(row, "scale_down_threshold"),
                number(row, "required_capacity"),
                number(row, "scale_factor"),
                number(row, "scalability").orElse(1),
                row.getInt("raw_parallelism"),
                row.getInt("limited_parallelism"),
                Limit.valueOf(row.getString("limited_by")),
                row.getInt("aligned_parallelism"),
                row.getInt("to_parallelism"),
                number(row, "expected_rate"),
                row.getInt("outside_band") == 1,
                VertexOutcome.valueOf(row.getString("outcome")));
    }

    static void insert(Handle handle, long decisionId, List<Verdict> verdicts, Map<VertexId, Integer> targets) {
        if (verdicts.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(INSERT)) {
            for (int position = 0; position < verdicts.size(); position++) {
                bind(batch, decisionId, position, verdicts.get(position), targets);
                batch.add();
            }
            batch.execute();
        }
    }

    private static void bind(
            PreparedBatch row, long decisionId, int position, Verdict verdict, Map<VertexId, Integer> targets) {
        row.bind("decisionId", decisionId)
                .bind("vertexPosition", position)
                .bind("vertexId", verdict.vertex().hex())
                .bind("vertexName", Columns.cut(verdict.name(), 500))
                .bind("outcome", verdict.outcome().name())
                .bind("why", Columns.cut(EventText.reason(verdict), 500))
                .bind("fromParallelism", verdict.parallelism())
                .bind("rawParallelism", verdict.rawParallelism())
                .bind("limitedParallelism", verdict.limitedParallelism())
                .bind("limitedBy", verdict.limit().name())
                .bind("alignedParallelism", verdict.alignedParallelism())
                .bind("toParallelism", targets.getOrDefault(verdict.vertex(), verdict.parallelism()))
                .bind("maxParallelism", verdict.maxParallelism())
                .bind("receivesNothing", isInfinite(verdict.trueProcessingRate()) ? 1 : 0)
                .bind("trueProcessingRate", Columns.finite(verdict.trueProcessingRate()))
                .bind("estimator", verdict.estimator().name())
                .bind("targetRate", Columns.finite(verdict.targetRate()))
                .bind("catchUpRate", Columns.finite(verdict.catchUpRate()))
                .bind("expectedRate", Columns.finite(verdict.expectedProcessingRate()))
                .bind("requiredCapacity", Columns.finite(verdict.requiredCapacity()))
                .bind("lagRecords", Columns.finite(verdict.lag()))
                .bind("busyRatio", Columns.finite(verdict.busyRatio()))
                .bind("scaleUpThreshold", Columns.finite(verdict.scaleUpThreshold()))
                .bind("scaleDownThreshold", Columns.finite(verdict.scaleDownThreshold()))
                .bind("outsideBand", verdict.outsideBand() ? 1 : 0)
                .bind("scaleFactor", Columns.finite(verdict.scaleFactor()))
                .bind("scalability", verdict.scalability());
    }

    private static boolean isInfinite(OptionalDouble rate) {
        return rate.isPresent() && Double.isInfinite(rate.getAsDouble());
    }
}
