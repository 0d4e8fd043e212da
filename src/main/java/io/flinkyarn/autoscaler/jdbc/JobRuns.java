package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.LogicalJob;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleConsumer;
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
            INSERT INTO job_run (cluster, application_id, job_id, job_name, logical_job_id, first_seen, last_seen)
            VALUES (:cluster, :applicationId, :jobId, :jobName, :logicalJobId, :now, :now)
            """;

    private static final String REFRESH = """
            UPDATE job_run SET job_name = :jobName, last_seen = :now WHERE id = :id
            """;

    /** @param logicalJob that the row is linked to for sure; empty as long as only the default is known */
    private record Seen(
            long id, String jobName, Optional<Application> application, Optional<LogicalJob> logicalJob, Instant at) {

        boolean tells(JobAutoScalerContext job, Instant now) {
            return jobName.equals(job.jobName())
                    && application.equals(job.application())
                    && (job.logicalName().isEmpty() || isRunOf(job.logicalJob()))
                    && now.isBefore(at.plus(REFRESH_INTERVAL));
        }

        boolean isRunOf(LogicalJob job) {
            return logicalJob.equals(Optional.of(job));
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
        database.transaction("refresh job " + job.key(), handle -> {
            ApplicationRows.refresh(handle, job, now);
            return handle.createUpdate(REFRESH)
                    .bind("jobName", Columns.cut(job.jobName(), 500))
                    .bind("now", now.toEpochMilli())
                    .bind("id", id)
                    .execute();
        });
        Optional<LogicalJob> linked = before == null ? Optional.empty() : before.logicalJob();
        if (job.logicalName().isPresent() && (before == null || !before.isRunOf(job.logicalJob()))) {
            linked = Optional.of(job.logicalJob());
            link(id, job.logicalJob(), now);
        }
        seen.put(job.key(), new Seen(id, job.jobName(), job.application(), linked, now));
        return id;
    }

    /** The row may have been made before the options of the job were read, by an event: then its logical job was that of the default. */
    private void link(long id, LogicalJob logicalJob, Instant now) throws StoreException {
        String purpose = "register logical job " + logicalJob;
        unlessThere(purpose, handle -> LogicalJobRows.insertMissing(handle, logicalJob, now));
        database.transaction(purpose, handle -> LogicalJobRows.link(handle, id, logicalJob));
    }

    private long findOrInsert(JobAutoScalerContext job, Instant now) throws StoreException {
        String purpose = "register job " + job.key();
        Optional<Long> found = database.transaction(purpose, handle -> find(handle, job.key()));
        if (found.isPresent()) {
            return found.get();
        }
        unlessThere(purpose, handle -> {
            if (!ApplicationRows.refresh(handle, job, now)) {
                ApplicationRows.insert(handle, job, now);
            }
        });
        unlessThere(purpose, handle -> LogicalJobRows.insertMissing(handle, job.logicalJob(), now));
        unlessThere(purpose, handle -> insert(handle, job, now));
        return database.transaction(purpose, handle -> find(handle, job.key()))
                .orElseThrow(() -> new StoreException("Cannot " + purpose + ": its row is gone again"));
    }

    private static void insert(Handle handle, JobAutoScalerContext job, Instant now) {
        keyed(handle.createUpdate(INSERT), job.key())
                .bind("jobName", Columns.cut(job.jobName(), 500))
                .bind("logicalJobId", LogicalJobRows.find(handle, job.logicalJob()))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Writes a row, unless another thread or process writes the same one in this moment. */
    private void unlessThere(String purpose, HandleConsumer<RuntimeException> insert) throws StoreException {
        try {
            database.transaction(purpose, handle -> {
                insert.useHandle(handle);
                return true;
            });
        } catch (StoreException e) {
            if (!DatabaseProblem.isDuplicate(e)) {
                throw e;
            }
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

    private static <S extends SqlStatement<S>> S keyed(S statement, JobKey job) {
        return statement
                .bind("cluster", job.cluster())
                .bind("applicationId", job.applicationId())
                .bind("jobId", job.jobId());
    }
}
