package io.flinkyarn.autoscaler.core.window;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.BusyRatio;
import io.flinkyarn.autoscaler.core.sample.ClusterSample;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.VertexSample;
import io.flinkyarn.autoscaler.core.window.MetricsWindow.Row;
import java.util.Arrays;
import java.util.OptionalDouble;

/** Turns a sample into a row of the window: the metrics that are derived from Flink's own, and whether the rows before still count. */
final class RowReader {

    private final MetricsWindow before;
    private final ScalingPolicy policy;

    RowReader(MetricsWindow before, ScalingPolicy policy) {
        this.before = before;
        this.policy = policy;
    }

    Row read(JobSample sample) {
        JobGraph graph = sample.graph();
        double[] values = new double[WindowLayout.size(graph.size())];
        Arrays.fill(values, Double.NaN);
        readJob(values, sample.cluster());
        boolean timed = sample.vertices().stream()
                .allMatch(v -> v.finished() || v.taskTime().isPresent());
        for (int i = 0; i < graph.size(); i++) {
            VertexSample vertex = sample.vertices().get(i);
            if (vertex.finished() || graph.vertex(i).finished()) {
                readFinished(values, i, graph.isSource(i));
            } else {
                readVertex(values, i, vertex, graph.isSource(i), timed);
            }
        }
        Row row = new Row(sample.at(), values);
        values[WindowLayout.position(JobMetric.COUNTERS_FELL)] = countersFell(row, graph.size()) ? 1 : 0;
        return row;
    }

    private static void readJob(double[] values, ClusterSample cluster) {
        values[WindowLayout.position(JobMetric.GC_RATIO)] = amount(cluster.gcRatio());
        values[WindowLayout.position(JobMetric.HEAP_USAGE)] = amount(cluster.heapUsed()) / amount(cluster.heapMax());
        values[WindowLayout.position(JobMetric.HEAP_USED)] = amount(cluster.heapUsed());
        values[WindowLayout.position(JobMetric.HEAP_MAX)] = amount(cluster.heapMax());
        values[WindowLayout.position(JobMetric.MANAGED_USED)] = amount(cluster.managedUsed());
        values[WindowLayout.position(JobMetric.METASPACE_USED)] = amount(cluster.metaspaceUsed());
    }

    private void readVertex(double[] values, int i, VertexSample vertex, boolean source, boolean timed) {
        double lag = source ? lag(vertex, i) : Double.NaN;
        values[WindowLayout.position(i, VertexMetric.BUSY_RATIO)] = busyRatio(vertex);
        values[WindowLayout.position(i, VertexMetric.RECORDS_IN)] = recordsIn(vertex, source);
        values[WindowLayout.position(i, VertexMetric.RECORDS_OUT)] = amount(vertex.writeRecords());
        values[WindowLayout.position(i, VertexMetric.RECORDS_IN_RATE)] =
                source ? Double.NaN : amount(vertex.recordsInRate());
        values[WindowLayout.position(i, VertexMetric.LAG)] = lag;
        values[WindowLayout.position(i, VertexMetric.OBSERVED_RATE)] =
                source ? ObservedRate.of(vertex, lag, i, before, policy.observedRate()) : Double.NaN;
        values[WindowLayout.position(i, VertexMetric.BUSY_TIME)] = amount(vertex.accumulatedBusy());
        values[WindowLayout.position(i, VertexMetric.TASK_TIME)] = timed ? amount(vertex.taskTime()) : Double.NaN;
    }

    /** A finished vertex neither does nor receives anything any more; its counters end, so they fall. */
    private static void readFinished(double[] values, int i, boolean source) {
        values[WindowLayout.position(i, VertexMetric.BUSY_RATIO)] = 0;
        values[WindowLayout.position(i, VertexMetric.RECORDS_IN)] = 0;
        values[WindowLayout.position(i, VertexMetric.RECORDS_OUT)] = 0;
        values[WindowLayout.position(i, VertexMetric.RECORDS_IN_RATE)] = source ? Double.NaN : 0;
        values[WindowLayout.position(i, VertexMetric.LAG)] = source ? 0 : Double.NaN;
        values[WindowLayout.position(i, VertexMetric.OBSERVED_RATE)] = source ? Double.POSITIVE_INFINITY : Double.NaN;
        values[WindowLayout.position(i, VertexMetric.BUSY_TIME)] = 0;
    }

    private double busyRatio(VertexSample vertex) {
        double ratio = vertex.busy().map(this::aggregated).orElse(Double.NaN);
        return Double.isFinite(ratio) ? Math.max(0, ratio) : Double.NaN;
    }

    private double aggregated(BusyRatio busy) {
        return switch (policy.observation().busyTimeAggregator()) {
            case MAX -> busy.max();
            case AVG -> busy.average();
            case MIN -> busy.min();
        };
    }

    /** A source counts what it reads in the job details, or else in the metrics of its reader, or else only what it emits. */
    private static double recordsIn(VertexSample vertex, boolean source) {
        double read = amount(vertex.readRecords());
        if (!source || read > 0) {
            return read;
        }
        double in = amount(vertex.sourceRecordsIn());
        double out = amount(vertex.sourceRecordsOut());
        return in > 0 || Double.isNaN(out) ? in : out;
    }

    /** A source without a lag metric has no lag; one whose lag was seen and is not reported now has an unknown one. */
    private double lag(VertexSample vertex, int i) {
        if (vertex.pendingRecords().isPresent()) {
            return amount(vertex.pendingRecords());
        }
        return before.latestKnown(i, VertexMetric.LAG) > 0 ? Double.NaN : 0;
    }

    /** A number that can be an amount of something: what is infinite or negative is not known. */
    static double amount(OptionalDouble reported) {
        double value = reported.orElse(Double.NaN);
        return Double.isFinite(value) && value >= 0 ? value : Double.NaN;
    }

    /**
     * The accumulated busy time is not among them: Flink computes it as what is left of the running time, so that of an idle vertex falls by
     * some milliseconds now and then.
     */
    private boolean countersFell(Row row, int vertices) {
        if (before.isEmpty()) {
            return false;
        }
        MetricsWindow last = before.usable();
        for (int i = 0; i < vertices; i++) {
            if (fell(last, row, i, VertexMetric.RECORDS_IN)
                    || fell(last, row, i, VertexMetric.RECORDS_OUT)
                    || fell(last, row, i, VertexMetric.TASK_TIME, Intake.CLOCK_NOISE)) {
                return true;
            }
        }
        return false;
    }

    private static boolean fell(MetricsWindow last, Row row, int vertex, VertexMetric counter) {
        return fell(last, row, vertex, counter, 0);
    }

    private static boolean fell(MetricsWindow last, Row row, int vertex, VertexMetric counter, double noise) {
        return row.value(vertex, counter) < last.latestKnown(vertex, counter) - noise;
    }
}
