package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.core.policy.SetOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The rows of {@code job_option}: the options of each job that somebody has set. They change with a queue or a restart of the daemon, and are written
 * when they do. A job that is gone, or whose options are invalid, keeps its last rows.
 */
final class JobOptionRows implements Recorded {

    private static final String LOAD = """
            SELECT o.job_run_id, o.option_key, o.option_value, o.set_by, o.written_in
            FROM job_option o
            JOIN job_run r ON r.id = o.job_run_id
            WHERE r.ended_at IS NULL
            """;

    private static final String DELETE = "DELETE FROM job_option WHERE job_run_id IN (<ids>)";

    private static final String INSERT = """
            INSERT INTO job_option (job_run_id, option_key, option_value, set_by, written_in)
            VALUES (:jobRunId, :optionKey, :optionValue, :setBy, :writtenIn)
            """;

    /** As they are written, by the id of the job run. */
    private Map<Long, Set<Row>> written = Map.of();

    private record Row(long jobRunId, String key, String value, String setBy, String writtenIn) {

        static Row of(long jobRunId, SetOption option) {
            return new Row(
                    jobRunId,
                    option.key(),
                    Columns.cut(option.value(), 1000),
                    option.by().name(),
                    Columns.cut(option.where(), 500));
        }

        static void bind(PreparedBatch batch, Row row) {
            batch.bind("jobRunId", row.jobRunId)
                    .bind("optionKey", row.key)
                    .bind("optionValue", row.value)
                    .bind("setBy", row.setBy)
                    .bind("writtenIn", row.writtenIn);
        }
    }

    @Override
    public void load(Handle handle) {
        written = handle.createQuery(LOAD)
                .map((row, context) -> new Row(
                        row.getLong("job_run_id"),
                        row.getString("option_key"),
                        row.getString("option_value"),
                        row.getString("set_by"),
                        row.getString("written_in")))
                .collect(Collectors.groupingBy(Row::jobRunId, Collectors.toSet()));
    }

    @Override
    public Optional<Difference> difference(Present present) {
        Map<Long, Set<Row>> next = new HashMap<>();
        Map<Long, Set<Row>> changed = new TreeMap<>();
        for (Present.Run run : present.runs()) {
            Set<Row> before = written.getOrDefault(run.id(), Set.of());
            Set<Row> rows =
                    run.view().options().map(options -> rows(run.id(), options)).orElse(before);
            next.put(run.id(), rows);
            if (!rows.equals(before)) {
                changed.put(run.id(), rows);
            }
        }
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Difference(handle -> replace(handle, changed), () -> written = next));
    }

    private static Set<Row> rows(long jobRunId, PolicyReading.Valid options) {
        return options.options().stream()
                .map(option -> Row.of(jobRunId, option))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void replace(Handle handle, Map<Long, Set<Row>> changed) {
        for (List<Long> ids : Columns.chunks(List.copyOf(changed.keySet()))) {
            handle.createUpdate(DELETE).bindList("ids", ids).execute();
        }
        Upsert.batch(
                handle, INSERT, changed.values().stream().flatMap(Set::stream).toList(), Row::bind);
    }
}
