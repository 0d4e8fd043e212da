package io.flinkyarn.autoscaler.telemetry;

import io.flinkyarn.autoscaler.control.AutoScalerEventHandler;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore;
import io.flinkyarn.autoscaler.control.Board;
import io.flinkyarn.autoscaler.control.Chore;
import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.CycleListener;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.MetricsCollector;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Supplier;

/**
 * The metrics of the daemon. The composition root makes one, puts it around the ports that it hands to the loop, and hands the {@link #page} to
 * the HTTP server. Any thread may call it.
 *
 * <p>What there is now, it reads when somebody scrapes; where nobody does, only counters and times of what passes are kept.
 */
public final class Telemetry {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final JobTrails trails = new JobTrails();
    private final Counts counts = new Counts(registry, trails);
    private final MetricsPage page = new MetricsPage(registry);
    private final Board board;
    private final RequestLog requests;
    private final Supplier<DatabaseFigures> database;
    private final Supplier<List<ReceiverFigures>> receivers;
    private final JobReadings jobs;
    private final String version;

    public Telemetry(
            Board board,
            RequestLog requests,
            Supplier<DatabaseFigures> database,
            Supplier<List<ReceiverFigures>> receivers,
            SeriesLimits limits,
            String version) {
        this.board = board;
        this.requests = requests;
        this.database = database;
        this.receivers = receivers;
        this.jobs = new JobReadings(trails, limits);
        this.version = version;
        MultiCollector now = this::now;
        registry.register(now);
        JvmMetrics.builder().register(registry);
    }

    /** What there is now. */
    private MetricSnapshots now() {
        Readings readings = new Readings();
        List<ClusterView> clusters = board.clusters();
        List<JobView> views = board.jobs();
        ClusterReadings.read(clusters, views, readings);
        jobs.read(views, readings);
        RequestReadings.read(requests.counts(), readings);
        database.get().read(readings);
        receivers.get().forEach(receiver -> receiver.read(readings));
        readings.gauge(Metrics.BUILD, 1, version);
        return readings.snapshots();
    }

    /** The metrics as a page. */
    public MetricsPage page() {
        return page;
    }

    /** The same collector, watched. */
    public MetricsCollector watch(MetricsCollector collector) {
        return new WatchedCollector(collector, trails);
    }

    /** The same store, watched. */
    public AutoScalerStateStore watch(AutoScalerStateStore store) {
        return new WatchedStore(store, counts);
    }

    /** The same chore, timed. */
    public Chore watch(Chore chore) {
        return new Chore(chore.name(), chore.every(), () -> {
            long start = System.nanoTime();
            try {
                chore.work().run();
            } finally {
                counts.choreTook(chore.name(), System.nanoTime() - start);
            }
        });
    }

    /** Shows the key figures by JMX, until it is closed. */
    public AutoCloseable showByJmx() {
        return new FiguresByJmx(new DaemonFigures(board, requests, database, version)).open();
    }

    /** Counts events; to be told each of them once. */
    public AutoScalerEventHandler events() {
        return counts;
    }

    public CycleListener cycles() {
        return counts;
    }
}
