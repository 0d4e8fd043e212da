package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
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

    private LogicalJobRows() {}

    static Optional<Long> find(Handle handle, JobAutoScalerContext job) {
        return named(handle.createQuery(FIND), job).mapTo(Long.class).findOne();
    }

    static void insert(Handle handle, JobAutoScalerContext job, Instant now) {
        named(handle.createUpdate(INSERT), job).bind("now", now.toEpochMilli()).execute();
    }

    private static <S extends SqlStatement<S>> S named(S statement, JobAutoScalerContext job) {
        String logicalName =
                job.application().map(Application::name).orElse(job.key().applicationId());
        return statement
                .bind("cluster", job.key().cluster())
                .bind("logicalName", Columns.prefix(logicalName, NAME_LENGTH))
                .bind("jobName", Columns.prefix(job.jobName(), NAME_LENGTH));
    }
}
