package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.core.window.MetricsWindow.Row;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The rows of {@code metric_sample}: the metrics window, one sample each. A sample is written once and deleted once.
 *
 * <pre>
 *   sample_values = nanoseconds beyond sampled_at (int) · the values, bit for bit (double each); big-endian
 * </pre>
 */
final class SampleRows {

    private static final String SELECT = """
            SELECT sampled_at, sample_values FROM metric_sample WHERE job_run_id = :jobRunId ORDER BY sampled_at
            """;

    private static final String INSERT = """
            INSERT INTO metric_sample (job_run_id, sampled_at, sample_values)
            VALUES (:jobRunId, :sampledAt, :sampleValues)
            """;

    private static final String DELETE = """
            DELETE FROM metric_sample WHERE job_run_id = :jobRunId AND sampled_at = :sampledAt
            """;

    private SampleRows() {}

    /** All samples of a job run, oldest first. */
    static List<Row> read(Handle handle, long jobRunId) {
        return handle.createQuery(SELECT)
                .bind("jobRunId", jobRunId)
                .map((row, context) -> row(row.getLong("sampled_at"), row.getBytes("sample_values")))
                .list();
    }

    /** Deletes what has left the window, and appends what has come into it. */
    static void replace(Handle handle, long jobRunId, List<Row> before, List<Row> after) {
        PreparedBatch left = handle.prepareBatch(DELETE);
        for (Row row : without(before, after)) {
            left.bind("jobRunId", jobRunId)
                    .bind("sampledAt", row.at().toEpochMilli())
                    .add();
        }
        PreparedBatch came = handle.prepareBatch(INSERT);
        for (Row row : without(after, before)) {
            came.bind("jobRunId", jobRunId)
                    .bind("sampledAt", row.at().toEpochMilli())
                    .bind("sampleValues", bytes(row))
                    .add();
        }
        execute(left);
        execute(came);
    }

    private static void execute(PreparedBatch batch) {
        if (batch.size() > 0) {
            batch.execute();
        }
        batch.close();
    }

    private static List<Row> without(List<Row> rows, List<Row> others) {
        Set<Row> known = new HashSet<>(others);
        return rows.stream().filter(row -> !known.contains(row)).toList();
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
