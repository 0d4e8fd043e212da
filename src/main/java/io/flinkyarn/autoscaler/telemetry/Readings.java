package io.flinkyarn.autoscaler.telemetry;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What was read for one scrape, by metric. For one thread, for one scrape. Of equal labels there may only be one point. */
final class Readings {

    private final Map<Metric, List<GaugeDataPointSnapshot>> gauges = new LinkedHashMap<>();
    private final Map<Metric, List<CounterDataPointSnapshot>> counters = new LinkedHashMap<>();
    private final Map<Metric, List<HistogramDataPointSnapshot>> histograms = new LinkedHashMap<>();

    void gauge(Metric metric, double value, String... labels) {
        gauges.computeIfAbsent(expect(metric, Metric.Type.GAUGE), m -> new ArrayList<>())
                .add(new GaugeDataPointSnapshot(value, metric.labels(labels), null));
    }

    /** Nothing where the value is not known, or not finite. */
    void gauge(Metric metric, OptionalDouble value, String... labels) {
        if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
            gauge(metric, value.getAsDouble(), labels);
        }
    }

    void gauge(Metric metric, Instant time, String... labels) {
        gauge(metric, time.toEpochMilli() / 1000.0, labels);
    }

    void counter(Metric metric, double value, String... labels) {
        counters.computeIfAbsent(expect(metric, Metric.Type.COUNTER), m -> new ArrayList<>())
                .add(new CounterDataPointSnapshot(value, metric.labels(labels), null, 0L));
    }

    /** @param sum of all values */
    void histogram(Metric metric, ClassicHistogramBuckets buckets, double sum, String... labels) {
        histograms
                .computeIfAbsent(expect(metric, Metric.Type.HISTOGRAM), m -> new ArrayList<>())
                .add(new HistogramDataPointSnapshot(buckets, sum, metric.labels(labels), Exemplars.EMPTY, 0L));
    }

    MetricSnapshots snapshots() {
        List<MetricSnapshot> families = new ArrayList<>();
        gauges.forEach((metric, points) -> families.add(new GaugeSnapshot(metric.metadata(), points)));
        counters.forEach((metric, points) -> families.add(new CounterSnapshot(metric.metadata(), points)));
        histograms.forEach((metric, points) -> families.add(new HistogramSnapshot(metric.metadata(), points)));
        return new MetricSnapshots(families);
    }

    private static Metric expect(Metric metric, Metric.Type type) {
        if (metric.type() != type) {
            throw new IllegalArgumentException(metric.name() + " is a " + metric.type() + ", not a " + type);
        }
        return metric;
    }
}
