package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.jdbc.Sightings.ApplicationKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The rows of {@code application}: what YARN says about the application that a job runs in. */
final class ApplicationRows {

    private static final Upsert<Row> ROWS =
            new Upsert<>("application", "cluster = :cluster AND application_id = :applicationId", """
            application_name = COALESCE(:applicationName, application_name),
            queue_name = COALESCE(:queueName, queue_name), user_name = COALESCE(:userName, user_name),
            tags = COALESCE(:tags, tags), last_seen = :now""", """
            INSERT INTO application (cluster, application_id, application_name, queue_name, user_name, tags,
                first_seen, last_seen)
            VALUES (:cluster, :applicationId, :applicationName, :queueName, :userName, :tags, :now, :now)
            """, Row::bind);

    private ApplicationRows() {}

    /** @param description empty where there is no YARN, or where it was not asked: what is known stays */
    record Row(ApplicationKey key, Optional<Application> description, Instant now) {

        static Row of(JobAutoScalerContext job, Instant now) {
            return new Row(new ApplicationKey(job.key().cluster(), job.key().applicationId()), job.application(), now);
        }

        private static void bind(SqlStatement<?> statement, Row row) {
            Optional<Application> description = row.description;
            statement
                    .bind("cluster", row.key.cluster())
                    .bind("applicationId", row.key.id())
                    .bind("applicationName", description.map(a -> Columns.cut(a.name(), 500)))
                    .bind("queueName", description.map(a -> Columns.cut(a.queue(), 255)))
                    .bind("userName", description.map(a -> Columns.cut(a.user(), 255)))
                    .bind(
                            "tags",
                            description.map(a ->
                                    Columns.cut(a.tags().stream().sorted().collect(Collectors.joining(",")), 1000)))
                    .bind("now", row.now.toEpochMilli());
        }
    }

    /** Writes rows, new ones and known ones. */
    static void write(Handle handle, List<Row> rows) {
        ROWS.write(handle, rows);
    }
}
