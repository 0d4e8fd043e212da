package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads the executed decisions back, for the command line and the dashboard. Any thread may call it. */
public final class RescaleHistory {

    /** Of all jobs; asked by the benchmark, too. */
    static final String LATEST = latest("decision WHERE kind = 'EXECUTED' ORDER BY decided_at DESC, id DESC");

    private static final String LATEST_OF_JOB =
            latest("decision WHERE kind = 'EXECUTED' AND job_run_id IN (SELECT r.id FROM job_run r WHERE "
                    + NamedJob.CONDITION + ") ORDER BY decided_at DESC, id DESC");

    private static final String LATEST_OF_RUN =
            latest("decision WHERE kind = 'EXECUTED' AND job_run_id = :jobRunId ORDER BY decided_at DESC, id DESC");

    private static String latest(String decisions) {
        return """
            SELECT d.id, d.decided_at, d.phase, d.phase_detail, d.restart_ms,
                r.cluster, r.application_id, r.job_id, r.job_name,
                v.vertex_id, v.vertex_name, v.from_parallelism, v.to_parallelism, v.why,
                v.true_processing_rate, v.target_rate, v.expected_rate, v.lag_records
            FROM decision d
            JOIN (SELECT id FROM %s LIMIT :count) latest
                ON latest.id = d.id
            JOIN job_run r ON r.id = d.job_run_id
            JOIN vertex_change v ON v.decision_id = d.id AND v.to_parallelism <> v.from_parallelism
            ORDER BY d.decided_at DESC, d.id DESC, v.vertex_position
            """.formatted(decisions);
    }

    private final Database database;

    public RescaleHistory(Database database) {
        this.database = database;
    }

    /**
     * One rescale.
     *
     * @param detail what Flink or the observer said about the phase
     * @param restart from the decision until the job ran at the new parallelism
     * @param changes in topological order
     */
    public record Rescale(
            JobKey job,
            String jobName,
            Instant decidedAt,
            Phase phase,
            Optional<String> detail,
            Optional<Duration> restart,
            List<Change> changes) {

        public Rescale {
            changes = List.copyOf(changes);
        }
    }

    /**
     * One changed vertex. Rates in records/s.
     *
     * @param trueProcessingRate empty where it is not known, or infinite because the vertex receives nothing
     */
    public record Change(
            String vertexId,
            String vertexName,
            int from,
            int to,
            OptionalDouble trueProcessingRate,
            OptionalDouble targetRate,
            OptionalDouble expectedRate,
            OptionalDouble lag,
            String why) {}

    /** The latest rescales of all jobs, newest first. */
    public List<Rescale> latest(int count) throws StoreException {
        return read(handle -> handle.createQuery(LATEST).bind("count", count));
    }

    /**
     * The latest rescales of one job, newest first.
     *
     * @param job its name or id, or the name or id of its application
     */
    public List<Rescale> latest(String job, int count) throws StoreException {
        return read(handle -> handle.createQuery(LATEST_OF_JOB).bind("job", job).bind("count", count));
    }

    /** The latest rescale of one run. */
    static Optional<Rescale> last(Handle handle, long jobRunId) {
        return rescales(handle.createQuery(LATEST_OF_RUN)
                        .bind("jobRunId", jobRunId)
                        .bind("count", 1))
                .stream()
                .findFirst();
    }

    private List<Rescale> read(Function<Handle, Query> query) throws StoreException {
        return database.transaction("read the history", handle -> rescales(query.apply(handle)));
    }

    private static List<Rescale> rescales(Query query) {
        return query.map((row, context) -> Line.of(row)).list().stream()
                .collect(Collectors.groupingBy(Line::decisionId, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(Line::joined)
                .toList();
    }

    /** A row of the result: a rescale with one of its changes. */
    private record Line(long decisionId, Rescale rescale) {

        static Line of(ResultSet row) throws SQLException {
            Rescale rescale = new Rescale(
                    new JobKey(row.getString("cluster"), row.getString("application_id"), row.getString("job_id")),
                    row.getString("job_name"),
                    Instant.ofEpochMilli(row.getLong("decided_at")),
                    Phase.valueOf(row.getString("phase")),
                    Optional.ofNullable(row.getString("phase_detail")),
                    Optional.ofNullable(row.getObject("restart_ms", Long.class)).map(Duration::ofMillis),
                    List.of(change(row)));
            return new Line(row.getLong("id"), rescale);
        }

        private static Change change(ResultSet row) throws SQLException {
            return new Change(
                    row.getString("vertex_id"),
                    row.getString("vertex_name"),
                    row.getInt("from_parallelism"),
                    row.getInt("to_parallelism"),
                    Columns.number(row, "true_processing_rate"),
                    Columns.number(row, "target_rate"),
                    Columns.number(row, "expected_rate"),
                    Columns.number(row, "lag_records"),
                    row.getString("why"));
        }

        static Rescale joined(List<Line> lines) {
            Rescale first = lines.get(0).rescale();
            return new Rescale(
                    first.job(),
                    first.jobName(),
                    first.decidedAt(),
                    first.phase(),
                    first.detail(),
                    first.restart(),
                    lines.stream()
                            .flatMap(line -> line.rescale().changes().stream())
                            .toList());
        }
    }
}
