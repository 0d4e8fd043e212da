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
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The rows of {@code vertex_status}: the vertices of each job as they are now. A job that is gone keeps its last rows. */
final class VertexStatusRows implements Recorded {

    private static final String DELETE = "DELETE FROM vertex_status WHERE job_run_id IN (<ids>)";

    private static final String INSERT = """
            INSERT INTO vertex_status (job_run_id, vertex_position, vertex_id, vertex_name, parallelism,
                target_parallelism, lowest_parallelism, highest_parallelism, true_processing_rate, target_rate,
                lag_records, busy_ratio, fed_by)
            VALUES (:jobRunId, :vertexPosition, :vertexId, :vertexName, :parallelism,
                :targetParallelism, :lowestParallelism, :highestParallelism, :trueProcessingRate, :targetRate,
                :lagRecords, :busyRatio, :fedBy)
            """;

    /** As many as fit into the column, at most five characters each. */
    private static final int MOST_INPUTS = 200;

    /** As they are written, by the id of the job run. */
    private Map<Long, List<Row>> written = Map.of();

    /**
     * What is written as soon as it changes; the rates may wait for the minute.
     *
     * @param fedBy positions of its inputs
     */
    private record News(
            VertexId id, String name, int parallelism, int target, int lowest, int highest, List<Integer> fedBy) {}

    private record Row(
            long jobRunId,
            int position,
            News news,
            OptionalDouble trueProcessingRate,
            OptionalDouble targetRate,
            OptionalDouble lag,
            OptionalDouble busyRatio) {

        static Row of(long jobRunId, int position, News news, Optional<Verdict> verdict) {
            Function<Function<Verdict, OptionalDouble>, OptionalDouble> rate =
                    number -> verdict.map(number).map(Columns::finite).orElse(OptionalDouble.empty());
            return new Row(
                    jobRunId,
                    position,
                    news,
                    rate.apply(Verdict::trueProcessingRate),
                    rate.apply(Verdict::targetRate),
                    rate.apply(Verdict::lag),
                    rate.apply(Verdict::busyRatio));
        }

        static void bind(PreparedBatch batch, Row row) {
            batch.bind("jobRunId", row.jobRunId)
                    .bind("vertexPosition", row.position)
                    .bind("vertexId", row.news.id().hex())
                    .bind("vertexName", Columns.cut(row.news.name(), 500))
                    .bind("parallelism", row.news.parallelism())
                    .bind("targetParallelism", row.news.target())
                    .bind("lowestParallelism", row.news.lowest())
                    .bind("highestParallelism", row.news.highest())
                    .bind("trueProcessingRate", row.trueProcessingRate)
                    .bind("targetRate", row.targetRate)
                    .bind("lagRecords", row.lag)
                    .bind("busyRatio", row.busyRatio)
                    .bind("fedBy", fedBy(row.news.fedBy()));
        }

        /** Of a vertex with hundreds of inputs only the first. */
        private static String fedBy(List<Integer> positions) {
            return positions.stream().limit(MOST_INPUTS).map(String::valueOf).collect(Collectors.joining(","));
        }
    }

    @Override
    public Optional<Difference> difference(Present present) {
        Map<Long, List<Row>> next = new HashMap<>();
        Map<Long, List<Row>> changed = new TreeMap<>();
        for (Present.Run run : present.runs()) {
            List<Row> rows = rows(run);
            List<Row> before = written.getOrDefault(run.id(), List.of());
            boolean same = present.minute() ? rows.equals(before) : news(rows).equals(news(before));
            next.put(run.id(), same ? before : rows);
            if (!same) {
                changed.put(run.id(), rows);
            }
        }
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Difference(handle -> replace(handle, changed), () -> written = next));
    }

    /** Deletes and inserts: an insert of many rows is one statement to most servers, an update of many rows is not. */
    private static void replace(Handle handle, Map<Long, List<Row>> changed) {
        for (List<Long> ids : Columns.chunks(List.copyOf(changed.keySet()))) {
            handle.createUpdate(DELETE).bindList("ids", ids).execute();
        }
        List<Row> rows = changed.values().stream().flatMap(List::stream).toList();
        Upsert.batch(handle, INSERT, rows, Row::bind);
    }

    private static List<News> news(List<Row> rows) {
        return rows.stream().map(Row::news).toList();
    }

    /** None before the job was sampled. */
    private static List<Row> rows(Present.Run run) {
        JobView view = run.view();
        if (view.graph().isEmpty() || view.options().isEmpty()) {
            return List.of();
        }
        JobGraph graph = view.graph().get();
        Map<VertexId, Integer> targets = view.targets();
        Map<VertexId, Verdict> verdicts = new HashMap<>();
        view.decided().ifPresent(d -> d.decision().verdicts().forEach(v -> verdicts.put(v.vertex(), v)));
        List<Row> rows = new ArrayList<>(graph.size());
        for (int i = 0; i < graph.size(); i++) {
            JobVertex vertex = graph.vertex(i);
            News news = news(graph, i, view.options().get().policy(), targets);
            rows.add(Row.of(run.id(), i, news, Optional.ofNullable(verdicts.get(vertex.id()))));
        }
        return rows;
    }

    private static News news(JobGraph graph, int position, ScalingPolicy policy, Map<VertexId, Integer> targets) {
        JobVertex vertex = graph.vertex(position);
        ParallelismBounds bounds = ParallelismBounds.of(vertex, graph.isSource(position), policy.limits());
        return new News(
                vertex.id(),
                vertex.name(),
                vertex.parallelism(),
                targets.getOrDefault(vertex.id(), vertex.parallelism()),
                bounds.lower(),
                bounds.upper(),
                graph.inputs(position));
    }
}
