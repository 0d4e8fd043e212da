package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.core.window.MetricsWindow.Row;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/**
 * The rows of {@code metric_sample}: the metrics windows, a sample each. Rows that have left their window stay until a cheap moment to delete them:
 * the newest row says where the window begins, and nothing older is read.
 *
 * <pre>
 *   sample_values = nanoseconds beyond sampled_at (int) · the values, bit for bit (double each); big-endian
 * </pre>
 */
final class SampleRows {

    private static final String SELECT = """
            SELECT sampled_at, window_start, sample_values FROM metric_sample
            WHERE job_run_id = :jobRunId ORDER BY sampled_at DESC
            """;

    private static final String INSERT = """
            INSERT INTO metric_sample (job_run_id, sampled_at, window_start, sample_values) VALUES\s""";

    private static final String DELETE = """
            DELETE FROM metric_sample WHERE job_run_id = :jobRunId AND sampled_at = :sampledAt
            """;

    private static final String DELETE_BEFORE = """
            DELETE FROM metric_sample WHERE job_run_id IN (<jobRunIds>) AND sampled_at < :before
            """;

    private static final String DELETE_ALL = """
            DELETE FROM metric_sample WHERE job_run_id = :jobRunId
            """;

    private SampleRows() {}

    private record Found(long sampledAt, long windowStart, Row row) {}

    /** The window of a job run, oldest sample first. A row of another length is one of other vertices. */
    static List<Row> read(Handle handle, long jobRunId) {
        List<Found> found = handle.createQuery(SELECT)
                .bind("jobRunId", jobRunId)
                .map((row, context) -> new Found(
                        row.getLong("sampled_at"),
                        row.getLong("window_start"),
                        row(row.getLong("sampled_at"), row.getBytes("sample_values"))))
                .list();
        if (found.isEmpty()) {
            return List.of();
        }
        Found newest = found.get(0);
        List<Row> rows = new ArrayList<>(found.stream()
                .filter(f -> f.sampledAt() >= newest.windowStart())
                .map(Found::row)
                .filter(row -> row.size() == newest.row().size())
                .toList());
        Collections.reverse(rows);
        return rows;
    }

    /** Inserts samples of any jobs, as many by one statement as it can take. */
    static void insert(Handle handle, List<Sample> samples) {
        for (List<Sample> portion : Sample.portions(samples)) {
            String rows = String.join(", ", Collections.nCopies(portion.size(), "(?, ?, ?, ?)"));
            try (Update insert = handle.createUpdate(INSERT + rows)) {
                int position = 0;
                for (Sample sample : portion) {
                    insert.bind(position++, sample.jobRunId())
                            .bind(position++, sample.at().toEpochMilli())
                            .bind(position++, sample.windowStart().toEpochMilli())
                            .bind(position++, bytes(sample.row()));
                }
                insert.execute();
            }
        }
    }

    /** Deletes these samples, where they are there. */
    static void delete(Handle handle, List<Sample> samples) {
        try (PreparedBatch batch = handle.prepareBatch(DELETE)) {
            for (Sample sample : samples) {
                batch.bind("jobRunId", sample.jobRunId())
                        .bind("sampledAt", sample.at().toEpochMilli())
                        .add();
            }
            batch.execute();
        }
    }

    /** Deletes what has left the windows of these job runs, none of which begins before the given time. */
    static void deleteBefore(Handle handle, Collection<Long> jobRunIds, Instant before) {
        handle.createUpdate(DELETE_BEFORE)
                .bindList("jobRunIds", List.copyOf(jobRunIds))
                .bind("before", before.toEpochMilli())
                .execute();
    }

    static void deleteAll(Handle handle, long jobRunId) {
        handle.createUpdate(DELETE_ALL).bind("jobRunId", jobRunId).execute();
    }

    private static byte[] bytes(Row row) {
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + row.size() * Double.BYTES);
        buffer.putInt((int) row.at().truncatedTo(ChronoUnit.MILLIS).until(row.at(), ChronoUnit.NANOS));
        for (int i = 0; i < row.size(); i++) {
            buffer.putDouble(row.value(i));
        }
        return buffer.array();
    }

    private static Row row(long sampledAt, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Instant at = Instant.ofEpochMilli(sampledAt).plus(buffer.getInt(), ChronoUnit.NANOS);
        double[] values = new double[buffer.remaining() / Double.BYTES];
        buffer.asDoubleBuffer().get(values);
        return new Row(at, values);
    }
}
