package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.LogicalJob;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The rows of {@code job_run}. A row is made when something is first written about a job; {@link LastSeen} and {@link RunEnds} write what
 * becomes of it. Any thread may call it; the map of what was seen is concurrent, and the database decides between two processes.
 */
final class JobRuns {

    private static final String FIND = """
            SELECT id FROM job_run
            WHERE cluster = :cluster AND application_id = :applicationId AND job_id = :jobId
            """;

    private static final String INSERT = """
            INSERT INTO job_run (cluster, application_id, job_id, job_name, logical_job_id, first_seen, last_seen)
            VALUES (:cluster, :applicationId, :jobId, :jobName, :logicalJobId, :now, :now)
            """;

    /**
     * A row that was asked for.
     *
     * @param logicalJob that the row is linked to for sure; empty as long as only the default is known
     * @param at when it was asked for last
     */
    private record Seen(long id, Optional<LogicalJob> logicalJob, Instant at) {}

    private final Database database;
    private final ConcurrentMap<JobKey, Seen> seen = new ConcurrentHashMap<>();

    JobRuns(Database database) {
        this.database = database;
    }

    /** The id of the row of a job that is there now. */
    long idOf(JobAutoScalerContext job, Instant now) throws StoreException {
        Seen before = seen.get(job.key());
        long id = before == null ? findOrInsert(job, now) : before.id();
        Optional<LogicalJob> linked = before == null ? Optional.empty() : before.logicalJob();
        if (job.logicalName().isPresent() && !linked.equals(Optional.of(job.logicalJob()))) {
            link(id, job.logicalJob(), now);
            linked = Optional.of(job.logicalJob());
        }
        seen.put(job.key(), new Seen(id, linked, now));
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
        unlessThere(purpose, handle -> ApplicationRows.write(handle, List.of(ApplicationRows.Row.of(job, now))));
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
