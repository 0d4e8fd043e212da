package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The rows of {@code application}: what YARN says about the application that a job runs in. */
final class ApplicationRows {

    private static final String INSERT = """
            INSERT INTO application (cluster, application_id, application_name, queue_name, user_name, tags,
                first_seen, last_seen)
            VALUES (:cluster, :applicationId, :applicationName, :queueName, :userName, :tags, :now, :now)
            """;

    private static final String REFRESH = """
            UPDATE application SET application_name = :applicationName, queue_name = :queueName,
                user_name = :userName, tags = :tags, last_seen = :now
            WHERE cluster = :cluster AND application_id = :applicationId
            """;

    private ApplicationRows() {}

    static void insert(Handle handle, JobAutoScalerContext job, Instant now) {
        described(handle.createUpdate(INSERT), job, now).execute();
    }

    /** Whether there was a row to write to. */
    static boolean refresh(Handle handle, JobAutoScalerContext job, Instant now) {
        return described(handle.createUpdate(REFRESH), job, now).execute() == 1;
    }

    private static <S extends SqlStatement<S>> S described(S statement, JobAutoScalerContext job, Instant now) {
        Optional<Application> application = job.application();
        return statement
                .bind("cluster", job.key().cluster())
                .bind("applicationId", job.key().applicationId())
                .bind("applicationName", application.map(a -> Columns.cut(a.name(), 500)))
                .bind("queueName", application.map(a -> Columns.cut(a.queue(), 255)))
                .bind("userName", application.map(a -> Columns.cut(a.user(), 255)))
                .bind(
                        "tags",
                        application.map(
                                a -> Columns.cut(a.tags().stream().sorted().collect(Collectors.joining(",")), 1000)))
                .bind("now", now.toEpochMilli());
    }
}
