package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.core.resources.SlotDemand;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.statement.SqlStatement;

/** The rows of {@code job_status}: how each job stands now. A job that is gone keeps its last row. */
final class JobStatusRows implements Recorded {

    private static final Upsert<Row> ROWS = new Upsert<>("job_status", "job_run_id = :jobRunId", """
            mode = :mode, policies = :policies, reason = :reason, detail = :detail, reason_since = :reasonSince,
            trouble = :trouble, trouble_since = :troubleSince, slots = :slots, target_slots = :targetSlots,
            last_good_cycle = COALESCE(:lastGoodCycle, last_good_cycle), updated_at = :updatedAt""", """
            INSERT INTO job_status (job_run_id, mode, policies, reason, detail, reason_since, trouble, trouble_since, slots,
                target_slots, last_good_cycle, updated_at)
            VALUES (:jobRunId, :mode, :policies, :reason, :detail, :reasonSince, :trouble, :troubleSince, :slots,
                :targetSlots, :lastGoodCycle, :updatedAt)
            """, Row::bind);

    private Map<Long, News> written = Map.of();

    /** What is written as soon as it changes; the rest, numbers and words, may wait for the minute. */
    private record News(
            JobMode mode,
            List<String> policies,
            Optional<String> reason,
            Optional<Instant> reasonSince,
            Optional<Instant> troubleSince,
            OptionalInt slots,
            OptionalInt targetSlots) {

        static News of(JobView view) {
            return new News(
                    view.mode(),
                    view.options().map(PolicyReading.Valid::named).orElse(List.of()),
                    view.reason(),
                    view.decided().map(JobView.Decided::since),
                    view.trouble().map(JobView.Trouble::since),
                    slots(view, Map.of()),
                    slots(view, view.targets()));
        }

        private static OptionalInt slots(JobView view, Map<VertexId, Integer> changes) {
            Optional<JobGraph> graph = view.graph();
            return graph.isPresent() ? SlotDemand.of(graph.get(), changes) : OptionalInt.empty();
        }
    }

    private record Row(long jobRunId, News news, JobView view, Instant updatedAt) {

        static void bind(SqlStatement<?> statement, Row row) {
            statement
                    .bind("jobRunId", row.jobRunId)
                    .bind("mode", row.news.mode().name())
                    .bind("policies", policies(row.news.policies()))
                    .bind("reason", row.news.reason())
                    .bind("detail", row.view.detail().map(detail -> Columns.cut(detail, 2000)))
                    .bind("reasonSince", row.news.reasonSince().map(Instant::toEpochMilli))
                    .bind("trouble", row.view.trouble().map(trouble -> Columns.cut(trouble.message(), 2000)))
                    .bind("troubleSince", row.news.troubleSince().map(Instant::toEpochMilli))
                    .bind("slots", row.news.slots())
                    .bind("targetSlots", row.news.targetSlots())
                    .bind("lastGoodCycle", row.view.served().map(Instant::toEpochMilli))
                    .bind("updatedAt", row.updatedAt.toEpochMilli());
        }
    }

    /** Empty where none holds. */
    private static Optional<String> policies(List<String> named) {
        return Optional.of(String.join(", ", named))
                .filter(text -> !text.isEmpty())
                .map(text -> Columns.cut(text, 1000));
    }

    @Override
    public Optional<Difference> difference(Present present) {
        Map<Long, News> next = new HashMap<>();
        List<Row> rows = present.runs().stream()
                .map(run -> new Row(run.id(), News.of(run.view()), run.view(), present.now()))
                .filter(row -> {
                    next.put(row.jobRunId(), row.news());
                    return present.minute() || !row.news().equals(written.get(row.jobRunId()));
                })
                .toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Difference(handle -> ROWS.write(handle, rows), () -> written = next));
    }
}
