package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.LogicalJob;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The rows of {@code logical_job}: a job as its owners know it, over all applications and job ids that it has had. */
final class LogicalJobRows {

    /** Cluster and both names are one key, and an index of MySQL holds no more. */
    private static final int NAME_LENGTH = 255;

    private static final String FIND = """
            SELECT id FROM logical_job
            WHERE cluster = :cluster AND logical_name = :logicalName AND job_name = :jobName
            """;

    private static final String INSERT = """
            INSERT INTO logical_job (cluster, logical_name, job_name, first_seen)
            VALUES (:cluster, :logicalName, :jobName, :now)
            """;

    private static final String LINK = """
            UPDATE job_run SET logical_job_id = :logicalJobId WHERE id = :jobRunId
            """;

    private LogicalJobRows() {}

    static Optional<Long> find(Handle handle, LogicalJob job) {
        return named(handle.createQuery(FIND), job).mapTo(Long.class).findOne();
    }

    static void insertMissing(Handle handle, LogicalJob job, Instant now) {
        if (find(handle, job).isEmpty()) {
            named(handle.createUpdate(INSERT), job)
                    .bind("now", now.toEpochMilli())
                    .execute();
        }
    }

    /** Makes a run one of this logical job, which has a row. */
    static int link(Handle handle, long jobRunId, LogicalJob job) {
        return handle.createUpdate(LINK)
                .bind("logicalJobId", find(handle, job))
                .bind("jobRunId", jobRunId)
                .execute();
    }

    static <S extends SqlStatement<S>> S named(S statement, LogicalJob job) {
        return statement
                .bind("cluster", job.cluster())
                .bind("logicalName", Columns.prefix(job.name(), NAME_LENGTH))
                .bind("jobName", Columns.prefix(job.jobName(), NAME_LENGTH));
    }
}
