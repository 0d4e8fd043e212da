package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.ConflictException;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** A row of {@code job_state}. Its version lets one of two processes win that decide about the same job. */
record StateRow(long jobRunId, long version, String document) {

    private static final String FIND = """
            SELECT s.job_run_id, s.version, s.document
            FROM job_state s JOIN job_run r ON r.id = s.job_run_id
            WHERE r.cluster = :cluster AND r.application_id = :applicationId AND r.job_id = :jobId
            """;

    private static final String INSERT = """
            INSERT INTO job_state (job_run_id, version, document, updated_at) VALUES (:jobRunId, 1, :document, :now)
            """;

    private static final String UPDATE = """
            UPDATE job_state SET version = version + 1, document = :document, updated_at = :now
            WHERE job_run_id = :jobRunId AND version = :version
            """;

    private static final String VERSIONS = """
            SELECT job_run_id, version FROM job_state WHERE job_run_id IN (<jobRunIds>)
            """;

    private static final String RENEW = """
            UPDATE job_state SET document = :document, updated_at = :now
            WHERE job_run_id = :jobRunId AND version = :version
            """;

    static Optional<StateRow> find(Handle handle, JobKey job) {
        return handle.createQuery(FIND)
                .bind("cluster", job.cluster())
                .bind("applicationId", job.applicationId())
                .bind("jobId", job.jobId())
                .map((row, context) ->
                        new StateRow(row.getLong("job_run_id"), row.getLong("version"), row.getString("document")))
                .findOne();
    }

    /**
     * Puts a document in the place of the one with this version, 0 standing for none.
     *
     * @throws ConflictException if there is another version
     */
    static void replace(Handle handle, long jobRunId, long version, String document, Instant now)
            throws ConflictException {
        if (version == 0
                ? !insert(handle, jobRunId, document, now)
                : !update(handle, jobRunId, version, document, now)) {
            throw new ConflictException("another process has decided about this job: version " + version
                    + " of its state is no longer the latest");
        }
    }

    private static boolean insert(Handle handle, long jobRunId, String document, Instant now) {
        try {
            handle.createUpdate(INSERT)
                    .bind("jobRunId", jobRunId)
                    .bind("document", document)
                    .bind("now", now.toEpochMilli())
                    .execute();
            return true;
        } catch (UnableToExecuteStatementException e) {
            if (DatabaseProblem.isDuplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean update(Handle handle, long jobRunId, long version, String document, Instant now) {
        return handle.createUpdate(UPDATE)
                        .bind("jobRunId", jobRunId)
                        .bind("version", version)
                        .bind("document", document)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /** The versions of these job runs, without those that have no state. */
    static Map<Long, Long> versions(Handle handle, Collection<Long> jobRunIds) {
        return handle.createQuery(VERSIONS)
                .bindList("jobRunIds", List.copyOf(jobRunIds))
                .reduceRows(new HashMap<>(), (versions, row) -> {
                    versions.put(row.getColumn("job_run_id", Long.class), row.getColumn("version", Long.class));
                    return versions;
                });
    }

    /** Puts documents in the place of those with the same versions, which stay: nothing in them was decided. */
    static void renew(Handle handle, List<StateRow> rows, Instant now) {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(RENEW)) {
            for (StateRow row : rows) {
                batch.bind("jobRunId", row.jobRunId())
                        .bind("version", row.version())
                        .bind("document", row.document())
                        .bind("now", now.toEpochMilli())
                        .add();
            }
            batch.execute();
        }
    }
}
