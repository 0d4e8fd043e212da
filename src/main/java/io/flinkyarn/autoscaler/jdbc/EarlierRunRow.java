package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.LogicalJob;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A row of {@code job_state} that another run of the same logical job has left. */
record EarlierRunRow(JobKey key, String document) {

    private static final String FIND = """
            SELECT r.cluster, r.application_id, r.job_id, s.document
            FROM logical_job l
            JOIN job_run r ON r.logical_job_id = l.id
            JOIN job_state s ON s.job_run_id = r.id
            WHERE l.cluster = :cluster AND l.logical_name = :logicalName AND l.job_name = :jobName
                AND NOT (r.application_id = :applicationId AND r.job_id = :jobId)
            ORDER BY CASE WHEN r.last_seen > s.updated_at THEN r.last_seen ELSE s.updated_at END DESC, r.id DESC
            LIMIT 1
            """;

    /** The one that was seen last, by a listing or by a step. */
    static Optional<EarlierRunRow> find(Handle handle, LogicalJob job, JobKey present) {
        return LogicalJobRows.named(handle.createQuery(FIND), job)
                .bind("applicationId", present.applicationId())
                .bind("jobId", present.jobId())
                .map((row, context) -> new EarlierRunRow(
                        new JobKey(row.getString("cluster"), row.getString("application_id"), row.getString("job_id")),
                        row.getString("document")))
                .findOne();
    }
}
