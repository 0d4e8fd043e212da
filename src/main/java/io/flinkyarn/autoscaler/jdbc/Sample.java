package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import io.flinkyarn.autoscaler.core.window.MetricsWindow.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One sample of one job run, to be written to {@code metric_sample}. Made by the store, kept in the {@link SampleBuffer} until it is written.
 *
 * @param windowStart time of the oldest sample of the window that ended with this one
 */
record Sample(JobKey job, long jobRunId, Instant windowStart, Row row) {

    /** Bytes of a row besides its values: key and header. */
    private static final int OVERHEAD = 32;

    /** Within the smallest packet that a server of MySQL accepts by default, also when a driver escapes every byte. */
    private static final int BYTES_PER_STATEMENT = 256 * 1024;

    private static final int ROWS_PER_STATEMENT = 500;

    Instant at() {
        return row.at();
    }

    /** All samples of a window, oldest first. */
    static List<Sample> all(JobKey job, long jobRunId, MetricsWindow window) {
        return from(0, job, jobRunId, window);
    }

    /**
     * The samples by which a window has become another one, oldest first; empty where it is not the same window that went on, but one that has begun
     * anew.
     */
    static Optional<List<Sample>> appended(JobKey job, long jobRunId, MetricsWindow before, MetricsWindow after) {
        if (before.isEmpty()) {
            return Optional.of(all(job, jobRunId, after));
        }
        if (before.equals(after)) {
            return Optional.of(List.of());
        }
        int left = after.isEmpty() ? -1 : before.rows().indexOf(after.rows().get(0));
        if (left < 0 || !before.vertices().equals(after.vertices())) {
            return Optional.empty();
        }
        List<Row> stayed = before.rows().subList(left, before.size());
        boolean wentOn = after.size() > stayed.size()
                && after.rows().subList(0, stayed.size()).equals(stayed);
        return wentOn ? Optional.of(from(stayed.size(), job, jobRunId, after)) : Optional.empty();
    }

    private static List<Sample> from(int first, JobKey job, long jobRunId, MetricsWindow window) {
        return window.rows().subList(first, window.size()).stream()
                .map(row -> new Sample(job, jobRunId, window.rows().get(0).at(), row))
                .toList();
    }

    /** The same samples in the same order, in portions that one statement can take. */
    static List<List<Sample>> portions(List<Sample> samples) {
        List<List<Sample>> portions = new ArrayList<>();
        int begin = 0;
        int bytes = 0;
        for (int i = 0; i < samples.size(); i++) {
            int next = OVERHEAD + samples.get(i).row().size() * Double.BYTES;
            if (i > begin && (i - begin == ROWS_PER_STATEMENT || bytes + next > BYTES_PER_STATEMENT)) {
                portions.add(samples.subList(begin, i));
                begin = i;
                bytes = 0;
            }
            bytes += next;
        }
        if (begin < samples.size()) {
            portions.add(samples.subList(begin, samples.size()));
        }
        return portions;
    }
}
