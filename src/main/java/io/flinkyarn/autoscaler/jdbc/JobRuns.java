package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The rows of {@code job_run}. A row is made when something is first written about a job, and refreshed once a minute or when the cluster tells
 * something new. Any thread may call it; the map of what was seen is concurrent, and the database decides between two processes.
 */
final class JobRuns {

    private static final Duration REFRESH_INTERVAL = Duration.ofMinutes(1);

    private static final String FIND = """
            SELECT id FROM job_run
            WHERE cluster = :cluster AND application_id = :applicationId AND job_id = :jobId
            """;

    private static final String INSERT = """
            INSERT INTO job_run (cluster, application_id, job_id, job_name,
                application_name, queue_name, user_name, tags, first_seen, last_seen)
            VALUES (:cluster, :applicationId, :jobId, :jobName,
                :applicationName, :queueName, :userName, :tags, :now, :now)
            """;

    private static final String REFRESH = """
            UPDATE job_run SET job_name = :jobName, application_name = :applicationName, queue_name = :queueName,
                user_name = :userName, tags = :tags, last_seen = :now
            WHERE id = :id
            """;

    private record Seen(long id, String jobName, Optional<Application> application, Instant at) {

        boolean tells(JobAutoScalerContext job, Instant now) {
            return jobName.equals(job.jobName())
                    && application.equals(job.application())
                    && now.isBefore(at.plus(REFRESH_INTERVAL));
        }
    }

    private final Database database;
    private final ConcurrentMap<JobKey, Seen> seen = new ConcurrentHashMap<>();

    JobRuns(Database database) {
        this.database = database;
    }

    /** The id of the row of a job that is there now. */
    long idOf(JobAutoScalerContext job, Instant now) throws StoreException {
        Seen before = seen.get(job.key());
        if (before != null && before.tells(job, now)) {
            return before.id();
        }
        long id = before == null ? findOrInsert(job, now) : before.id();
        database.transaction(
                "refresh job " + job.key(),
                handle -> described(handle.createUpdate(REFRESH), job, now)
                        .bind("id", id)
                        .execute());
        seen.put(job.key(), new Seen(id, job.jobName(), job.application(), now));
        return id;
    }

    private long findOrInsert(JobAutoScalerContext job, Instant now) throws StoreException {
        String purpose = "register job " + job.key();
        Optional<Long> found = database.transaction(purpose, handle -> find(handle, job.key()));
        if (found.isPresent()) {
            return found.get();
        }
        try {
            return database.transaction(
                    purpose,
                    handle -> described(handle.createUpdate(INSERT), job, now)
                            .executeAndReturnGeneratedKeys("id")
                            .mapTo(Long.class)
                            .one());
        } catch (StoreException e) {
            if (!DatabaseProblem.isDuplicate(e)) {
                throw e;
            }
            // another process has seen the job in the meantime
            return database.transaction(purpose, handle -> find(handle, job.key()))
                    .orElseThrow(() -> e);
        }
    }

    /** The id of the row of a job; empty for a job that nothing was written about. */
    static Optional<Long> find(Handle handle, JobKey job) {
        return keyed(handle.createQuery(FIND), job).mapTo(Long.class).findOne();
    }

    /** Forgets, in memory only, the jobs that were not seen since. */
    void forgetUnseen(Instant since) {
        seen.values().removeIf(s -> s.at().isBefore(since));
    }

    private static <S extends SqlStatement<S>> S described(S statement, JobAutoScalerContext job, Instant now) {
        Optional<Application> application = job.application();
        return keyed(statement, job.key())
                .bind("jobName", Columns.cut(job.jobName(), 500))
                .bind("applicationName", application.map(a -> Columns.cut(a.name(), 500)))
                .bind("queueName", application.map(a -> Columns.cut(a.queue(), 255)))
                .bind("userName", application.map(a -> Columns.cut(a.user(), 255)))
                .bind(
                        "tags",
                        application.map(
                                a -> Columns.cut(a.tags().stream().sorted().collect(Collectors.joining(",")), 1000)))
                .bind("now", now.toEpochMilli());
    }

    private static <S extends SqlStatement<S>> S keyed(S statement, JobKey job) {
        return statement
                .bind("cluster", job.cluster())
                .bind("applicationId", job.applicationId())
                .bind("jobId", job.jobId());
    }
}
