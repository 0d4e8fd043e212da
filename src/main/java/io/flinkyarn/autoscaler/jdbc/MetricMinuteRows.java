package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.JobView.Decided;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The rows of {@code metric_minute}: the last verdicts of each minute, written when it is over. The verdicts are means over the metrics window
 * already. Where minutes cannot be written, the first is kept and the others are left out.
 */
final class MetricMinuteRows implements Recorded {

    private static final String INSERT = """
            INSERT INTO metric_minute (job_run_id, minute_start, vertex_id, parallelism, true_processing_rate,
                target_rate, catch_up_rate, scale_up_threshold, scale_down_threshold, lag_records, busy_ratio)
            VALUES (:jobRunId, :minuteStart, :vertexId, :parallelism, :trueProcessingRate,
                :targetRate, :catchUpRate, :scaleUpThreshold, :scaleDownThreshold, :lagRecords, :busyRatio)
            """;

    /** The latest verdicts of the first minute of each job that is not written yet. */
    private final Map<Long, Decided> held = new HashMap<>();

    /** The end of the last minute of each job that was written. */
    private final Map<Long, Instant> written = new HashMap<>();

    private record Row(long jobRunId, Instant minute, Verdict verdict) {

        static void bind(PreparedBatch batch, Row row) {
            batch.bind("jobRunId", row.jobRunId)
                    .bind("minuteStart", row.minute.toEpochMilli())
                    .bind("vertexId", row.verdict.vertex().hex())
                    .bind("parallelism", row.verdict.parallelism())
                    .bind("trueProcessingRate", Columns.finite(row.verdict.trueProcessingRate()))
                    .bind("targetRate", Columns.finite(row.verdict.targetRate()))
                    .bind("catchUpRate", Columns.finite(row.verdict.catchUpRate()))
                    .bind("scaleUpThreshold", Columns.finite(row.verdict.scaleUpThreshold()))
                    .bind("scaleDownThreshold", Columns.finite(row.verdict.scaleDownThreshold()))
                    .bind("lagRecords", Columns.finite(row.verdict.lag()))
                    .bind("busyRatio", Columns.finite(row.verdict.busyRatio()));
        }
    }

    @Override
    public Optional<Difference> difference(Present present) {
        Set<Long> there = present.runs().stream().map(Present.Run::id).collect(Collectors.toSet());
        written.keySet().retainAll(there);
        for (Present.Run run : present.runs()) {
            run.view()
                    .decided()
                    .filter(decided -> !decided.decision().verdicts().isEmpty())
                    .filter(decided -> !decided.at().isBefore(written.getOrDefault(run.id(), Instant.MIN)))
                    .ifPresent(decided -> held.merge(
                            run.id(), decided, (before, later) -> isSameMinute(before, later) ? later : before));
        }
        Map<Long, Decided> over = new HashMap<>(held);
        over.values().removeIf(decided -> minute(decided).equals(minute(present.now())));
        return over.isEmpty() ? Optional.empty() : Optional.of(insert(over));
    }

    private Difference insert(Map<Long, Decided> over) {
        List<Row> rows = new ArrayList<>();
        over.forEach((jobRunId, decided) -> decided.decision()
                .verdicts()
                .forEach(verdict -> rows.add(new Row(jobRunId, minute(decided), verdict))));
        return new Difference(handle -> Upsert.batch(handle, INSERT, rows, Row::bind), () -> {
            held.keySet().removeAll(over.keySet());
            over.forEach(
                    (jobRunId, decided) -> written.put(jobRunId, minute(decided).plus(Duration.ofMinutes(1))));
        });
    }

    private static boolean isSameMinute(Decided one, Decided other) {
        return minute(one).equals(minute(other));
    }

    private static Instant minute(Decided decided) {
        return minute(decided.at());
    }

    private static Instant minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }
}
