package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.core.decide.ParallelismBounds;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The rows of {@code vertex_status}: the vertices of each job as they are now. A job that is gone keeps its last rows. */
final class VertexStatusRows implements Recorded {

    private static final Upsert<Row> ROWS = new Upsert<>("""
            UPDATE vertex_status SET vertex_id = :vertexId, vertex_name = :vertexName, parallelism = :parallelism,
                target_parallelism = :targetParallelism, lowest_parallelism = :lowestParallelism,
                highest_parallelism = :highestParallelism, true_processing_rate = :trueProcessingRate,
                target_rate = :targetRate, lag_records = :lagRecords, busy_ratio = :busyRatio
            WHERE job_run_id = :jobRunId AND vertex_position = :vertexPosition
            """, """
            INSERT INTO vertex_status (job_run_id, vertex_position, vertex_id, vertex_name, parallelism,
                target_parallelism, lowest_parallelism, highest_parallelism, true_processing_rate, target_rate,
                lag_records, busy_ratio)
            VALUES (:jobRunId, :vertexPosition, :vertexId, :vertexName, :parallelism,
                :targetParallelism, :lowestParallelism, :highestParallelism, :trueProcessingRate, :targetRate,
                :lagRecords, :busyRatio)
            """, Row::bind);

    private Map<Key, Row> written = Map.of();

    private record Key(long jobRunId, int position) {}

    /** What is written as soon as it changes; the rates may wait for the minute. */
    private record News(VertexId id, String name, int parallelism, int target, int lowest, int highest) {}

    private record Row(
            Key key,
            News news,
            OptionalDouble trueProcessingRate,
            OptionalDouble targetRate,
            OptionalDouble lag,
            OptionalDouble busyRatio) {

        static Row of(Key key, News news, Optional<Verdict> verdict) {
            Function<Function<Verdict, OptionalDouble>, OptionalDouble> rate =
                    number -> verdict.map(number).map(Columns::finite).orElse(OptionalDouble.empty());
            return new Row(
                    key,
                    news,
                    rate.apply(Verdict::trueProcessingRate),
                    rate.apply(Verdict::targetRate),
                    rate.apply(Verdict::lag),
                    rate.apply(Verdict::busyRatio));
        }

        /** @param exactly the rates as well */
        boolean says(Row other, boolean exactly) {
            return exactly ? equals(other) : news.equals(other.news);
        }

        static void bind(PreparedBatch batch, Row row) {
            batch.bind("jobRunId", row.key.jobRunId())
                    .bind("vertexPosition", row.key.position())
                    .bind("vertexId", row.news.id().hex())
                    .bind("vertexName", Columns.cut(row.news.name(), 500))
                    .bind("parallelism", row.news.parallelism())
                    .bind("targetParallelism", row.news.target())
                    .bind("lowestParallelism", row.news.lowest())
                    .bind("highestParallelism", row.news.highest())
                    .bind("trueProcessingRate", row.trueProcessingRate)
                    .bind("targetRate", row.targetRate)
                    .bind("lagRecords", row.lag)
                    .bind("busyRatio", row.busyRatio);
        }
    }

    @Override
    public Optional<Difference> difference(Present present) {
        Map<Key, Row> next = new HashMap<>();
        List<Row> changed = new ArrayList<>();
        for (Present.Run run : present.runs()) {
            for (Row row : rows(run)) {
                Row before = written.get(row.key());
                if (before != null && before.says(row, present.minute())) {
                    next.put(row.key(), before);
                } else {
                    changed.add(row);
                    next.put(row.key(), row);
                }
            }
        }
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Difference(handle -> ROWS.write(handle, changed), () -> written = next));
    }

    /** None before the job was sampled. */
    private static List<Row> rows(Present.Run run) {
        JobView view = run.view();
        if (view.graph().isEmpty() || view.policy().isEmpty()) {
            return List.of();
        }
        JobGraph graph = view.graph().get();
        Map<VertexId, Integer> targets = view.targets();
        Map<VertexId, Verdict> verdicts = new HashMap<>();
        view.decided().ifPresent(d -> d.decision().verdicts().forEach(v -> verdicts.put(v.vertex(), v)));
        List<Row> rows = new ArrayList<>(graph.size());
        for (int i = 0; i < graph.size(); i++) {
            JobVertex vertex = graph.vertex(i);
            News news = news(vertex, graph.isSource(i), view.policy().get(), targets);
            rows.add(Row.of(new Key(run.id(), i), news, Optional.ofNullable(verdicts.get(vertex.id()))));
        }
        return rows;
    }

    private static News news(JobVertex vertex, boolean source, ScalingPolicy policy, Map<VertexId, Integer> targets) {
        ParallelismBounds bounds = ParallelismBounds.of(vertex, source, policy.limits());
        return new News(
                vertex.id(),
                vertex.name(),
                vertex.parallelism(),
                targets.getOrDefault(vertex.id(), vertex.parallelism()),
                bounds.lower(),
                bounds.upper());
    }
}
