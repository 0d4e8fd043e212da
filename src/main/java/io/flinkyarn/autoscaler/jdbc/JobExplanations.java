package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.policy.SetOption;
import io.flinkyarn.autoscaler.jdbc.JobExplanation.Decided;
import io.flinkyarn.autoscaler.jdbc.JobExplanation.Run;
import io.flinkyarn.autoscaler.jdbc.JobExplanation.Status;
import io.flinkyarn.autoscaler.jdbc.JobExplanation.Vertex;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads what is known of a job now, for the command line. Any thread may call it. */
public final class JobExplanations {

    private static final String RUNS = """
            SELECT r.id, r.cluster, r.application_id, r.job_id, r.job_name, r.last_seen, r.ended_at, l.logical_name
            FROM job_run r
            LEFT JOIN logical_job l ON l.id = r.logical_job_id
            WHERE\s""";

    private static final String LATEST_FIRST = " ORDER BY r.last_seen DESC, r.id DESC LIMIT 1000";

    private static final String BY_PREFIX = """
            (SUBSTRING(r.job_name, 1, :length) = :job OR SUBSTRING(r.job_id, 1, :length) = :job
                OR SUBSTRING(r.application_id, 1, :length) = :job OR SUBSTRING(l.logical_name, 1, :length) = :job)
            """;

    private static final String STATUS = "SELECT * FROM job_status WHERE job_run_id = :id";

    private static final String VERTICES =
            "SELECT * FROM vertex_status WHERE job_run_id = :id ORDER BY vertex_position";

    private static final String DECISION = """
            SELECT id, decided_at, kind, reason, detail FROM decision WHERE job_run_id = :id
            ORDER BY decided_at DESC, id DESC LIMIT 1
            """;

    private static final String OPTIONS = """
            SELECT option_key, option_value, set_by, written_in FROM job_option WHERE job_run_id = :id ORDER BY option_key
            """;

    private final Database database;

    /** The database is closed by whoever has opened it. */
    public JobExplanations(Database database) {
        this.database = database;
    }

    /**
     * The latest runs of the jobs that somebody may mean, one of each job. Those that run go before those that have ended.
     *
     * @param job its name, logical name or id, or the name or id of its application; or the beginning of one of them
     */
    public List<Run> find(String job) throws StoreException {
        List<Run> named = database.transaction("look for job " + job, handle -> {
            List<Run> exact = handle.createQuery(RUNS + NamedJob.CONDITION + LATEST_FIRST)
                    .bind("job", job)
                    .map((row, context) -> run(row))
                    .list();
            return exact.isEmpty()
                    ? handle.createQuery(RUNS + BY_PREFIX + LATEST_FIRST)
                            .bind("job", job)
                            .bind("length", job.length())
                            .map((row, context) -> run(row))
                            .list()
                    : exact;
        });
        List<Run> running = latest(named.stream().filter(run -> run.ended().isEmpty()));
        return running.isEmpty() ? latest(named.stream()) : running;
    }

    private static List<Run> latest(Stream<Run> runs) {
        Set<List<Object>> jobs = new HashSet<>();
        List<Run> latest = new ArrayList<>();
        runs.filter(run -> jobs.add(List.of(
                        run.job().cluster(), run.logicalName().orElse(run.job().applicationId()), run.jobName())))
                .forEach(latest::add);
        return latest;
    }

    /** What is known of one run. */
    public JobExplanation explain(Run run) throws StoreException {
        return database.transaction(
                "read what is known of job " + run.job(),
                handle -> new JobExplanation(
                        run,
                        of(run, handle, STATUS)
                                .map((row, context) -> status(row))
                                .findOne(),
                        of(run, handle, VERTICES)
                                .map((row, context) -> vertex(row))
                                .list(),
                        decided(run, handle),
                        RescaleHistory.last(handle, run.id()),
                        of(run, handle, OPTIONS)
                                .map((row, context) -> option(row))
                                .list()));
    }

    private static Query of(Run run, Handle handle, String sql) {
        return handle.createQuery(sql).bind("id", run.id());
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                row.getLong("id"),
                new JobKey(row.getString("cluster"), row.getString("application_id"), row.getString("job_id")),
                row.getString("job_name"),
                Optional.ofNullable(row.getString("logical_name")),
                Instant.ofEpochMilli(row.getLong("last_seen")),
                Columns.instant(row, "ended_at"));
    }

    private static Status status(ResultSet row) throws SQLException {
        return new Status(
                JobMode.valueOf(row.getString("mode")),
                Optional.ofNullable(row.getString("policies")),
                Optional.ofNullable(row.getString("reason")),
                Optional.ofNullable(row.getString("detail")),
                Columns.instant(row, "reason_since"),
                Optional.ofNullable(row.getString("trouble")),
                Columns.instant(row, "trouble_since"),
                Columns.instant(row, "last_good_cycle"),
                Instant.ofEpochMilli(row.getLong("updated_at")));
    }

    private static Vertex vertex(ResultSet row) throws SQLException {
        String fedBy = Optional.ofNullable(row.getString("fed_by")).orElse("");
        return new Vertex(
                row.getString("vertex_id"),
                row.getString("vertex_name"),
                row.getInt("parallelism"),
                row.getInt("target_parallelism"),
                row.getInt("lowest_parallelism"),
                row.getInt("highest_parallelism"),
                Columns.number(row, "busy_ratio"),
                Columns.number(row, "true_processing_rate"),
                Columns.number(row, "target_rate"),
                Columns.number(row, "lag_records"),
                Stream.of(fedBy.split(","))
                        .filter(position -> !position.isEmpty())
                        .map(Integer::valueOf)
                        .toList());
    }

    /** A decision without its verdicts. */
    private record Found(long id, Decided decided) {}

    private static Optional<Decided> decided(Run run, Handle handle) {
        Optional<Found> found =
                of(run, handle, DECISION).map((row, context) -> found(row)).findOne();
        return found.map(f -> f.decided().with(VertexRows.read(handle, f.id())));
    }

    private static Found found(ResultSet row) throws SQLException {
        return new Found(
                row.getLong("id"),
                new Decided(
                        Instant.ofEpochMilli(row.getLong("decided_at")),
                        row.getString("kind"),
                        row.getString("reason"),
                        row.getString("detail"),
                        List.of()));
    }

    private static SetOption option(ResultSet row) throws SQLException {
        return new SetOption(
                row.getString("option_key"),
                row.getString("option_value"),
                SetOption.By.valueOf(row.getString("set_by")),
                row.getString("written_in"));
    }
}
