package io.flinkyarn.autoscaler.core.window;

import io.flinkyarn.autoscaler.core.job.VertexId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * The samples that a decision looks back on, oldest first, as one primitive array per sample. Immutable: appending yields a new window that
 * shares the arrays. Made by the step; stored and read back by the state store.
 *
 * <p>What is asked of it may be unknown, which is NaN in here and in the evaluation, and nowhere beyond.
 *
 * @param vertices the order of the vertices within a row
 * @param rows oldest first
 */
public record MetricsWindow(List<VertexId> vertices, List<Row> rows) {

    /** A window that has seen nothing. */
    public static final MetricsWindow EMPTY = new MetricsWindow(List.of(), List.of());

    /** Two measurements are at least this far apart, in s: a rate stays finite. */
    private static final double SHORTEST = 0.001;

    /** One sample. Unit and position of each value are as {@link JobMetric} and {@link VertexMetric} say; NaN: unknown. */
    public static final class Row {

        private final Instant at;
        private final double[] values;

        /** Takes over the array: nobody may write to it afterwards. */
        public Row(Instant at, double... values) {
            this.at = at;
            this.values = values;
        }

        public Instant at() {
            return at;
        }

        public double value(int position) {
            return values[position];
        }

        public int size() {
            return values.length;
        }

        Row with(JobMetric metric, double value) {
            double[] changed = values.clone();
            changed[WindowLayout.position(metric)] = value;
            return new Row(at, changed);
        }

        double value(JobMetric metric) {
            return values[WindowLayout.position(metric)];
        }

        double value(int vertex, VertexMetric metric) {
            return values[WindowLayout.position(vertex, metric)];
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Row row && at.equals(row.at) && Arrays.equals(values, row.values);
        }

        @Override
        public int hashCode() {
            return 31 * at.hashCode() + Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return at + " " + Arrays.toString(values);
        }
    }

    public MetricsWindow {
        vertices = List.copyOf(vertices);
        rows = List.copyOf(rows);
    }

    public int size() {
        return rows.size();
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The latest sample; only of a window that is not empty. */
    public Row newest() {
        return rows.get(rows.size() - 1);
    }

    /** Index of the first sample that is not older than {@code from}; the size where there is none. */
    int indexSince(Instant from) {
        int first = 0;
        while (first < rows.size() && rows.get(first).at().isBefore(from)) {
            first++;
        }
        return first;
    }

    /** One more sample, and of those before only the ones that are not older than {@code from}. */
    MetricsWindow with(Row row, Instant from) {
        int first = indexSince(from);
        Row[] kept = new Row[rows.size() - first + 1];
        for (int i = first; i < rows.size(); i++) {
            kept[i - first] = rows.get(i);
        }
        kept[kept.length - 1] = row;
        return new MetricsWindow(vertices, List.of(kept));
    }

    /** The samples since the last fall of a counter: only between these may differences be taken. */
    public MetricsWindow usable() {
        for (int i = rows.size() - 1; i > 0; i--) {
            if (rows.get(i).value(JobMetric.COUNTERS_FELL) > 0) {
                return new MetricsWindow(vertices, rows.subList(i, rows.size()));
            }
        }
        return this;
    }

    /**
     * How fast an accumulated metric of a vertex grows, per second; NaN where fewer than two values are known.
     *
     * <pre>
     *   rate(m) = (m_last − m_first) / Δt      over the known values, Δt of Flink's own clock where it is known
     * </pre>
     */
    public double rate(int vertex, VertexMetric metric) {
        int first = 0;
        int last = rows.size() - 1;
        int position = WindowLayout.position(vertex, metric);
        while (first < last && Double.isNaN(rows.get(first).value(position))) {
            first++;
        }
        while (first < last && Double.isNaN(rows.get(last).value(position))) {
            last--;
        }
        if (first >= last) {
            return Double.NaN;
        }
        Row from = rows.get(first);
        Row to = rows.get(last);
        return (to.value(position) - from.value(position)) / seconds(vertex, from, to);
    }

    private static double seconds(int vertex, Row from, Row to) {
        double ofTasks = (to.value(vertex, VertexMetric.TASK_TIME) - from.value(vertex, VertexMetric.TASK_TIME)) / 1000;
        double ofRequests = (to.at().toEpochMilli() - from.at().toEpochMilli()) / 1000.0;
        return Math.max(SHORTEST, Double.isNaN(ofTasks) ? ofRequests : ofTasks);
    }

    /** {@link #average(int, VertexMetric, int)} of at least one value. */
    public double average(int vertex, VertexMetric metric) {
        return average(vertex, metric, 1);
    }

    /**
     * Mean of the finite values of a metric of a vertex. Infinite ones count only where there are no finite ones: then it is infinite. NaN
     * where nothing is known, or fewer than {@code atLeast} finite values.
     */
    public double average(int vertex, VertexMetric metric, int atLeast) {
        return average(WindowLayout.position(vertex, metric), atLeast);
    }

    /** Mean of the known values of a metric of the job. */
    public double average(JobMetric metric) {
        return average(WindowLayout.position(metric), 1);
    }

    private double average(int position, int atLeast) {
        double sum = 0;
        int finite = 0;
        boolean infinite = false;
        for (int i = 0; i < rows.size(); i++) {
            double value = rows.get(i).value(position);
            if (Double.isFinite(value)) {
                sum += value;
                finite++;
            } else if (Double.isInfinite(value)) {
                infinite = true;
            }
        }
        if (finite == 0) {
            return infinite ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        return finite < atLeast ? Double.NaN : sum / finite;
    }

    /** The latest value of a metric of a vertex, known or not. */
    public double latest(int vertex, VertexMetric metric) {
        return rows.isEmpty() ? Double.NaN : newest().value(vertex, metric);
    }

    /** The latest value of a metric of the job, known or not. */
    public double latest(JobMetric metric) {
        return rows.isEmpty() ? Double.NaN : newest().value(metric);
    }

    /** The latest value of a metric of a vertex that is known. */
    public double latestKnown(int vertex, VertexMetric metric) {
        double value = Double.NaN;
        for (int i = rows.size() - 1; i >= 0 && Double.isNaN(value); i--) {
            value = rows.get(i).value(vertex, metric);
        }
        return value;
    }
}
