package io.flinkyarn.autoscaler.telemetry;

import io.flinkyarn.autoscaler.control.AutoScalerEventHandler;
import io.flinkyarn.autoscaler.control.CycleListener;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.decide.Decision.Rescale;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.telemetry.JobTrails.Direction;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Counts and times what passes and is gone: decisions, cycles, events, calls of the store. Made by {@link Telemetry}; any thread may call it. */
final class Counts implements AutoScalerEventHandler, CycleListener {

    /** Upper bounds in s: from a call of a database near by to a cycle that hangs. */
    private static final double[] SHORT = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};

    /** Upper bounds in s: a job restarts in seconds, or in many minutes. */
    private static final double[] LONG = {5, 10, 20, 30, 60, 120, 300, 600, 1800};

    private static final double NANOS = 1e9;

    private final JobTrails trails;
    private final Counter decisions;
    private final Counter phases;
    private final Histogram rescaleSeconds;
    private final Counter events;
    private final Histogram cycleSeconds;
    private final Histogram lateness;
    private final Counter skipped;
    private final Counter failed;
    private final Gauge lastCycle;
    private final Histogram choreSeconds;
    private final Histogram storeSeconds;
    private final Counter storeFailures;

    Counts(PrometheusRegistry registry, JobTrails trails) {
        this.trails = trails;
        this.decisions = counter(Metrics.DECISIONS, registry);
        this.phases = counter(Metrics.RESCALE_PHASES, registry);
        this.rescaleSeconds = histogram(Metrics.RESCALE_SECONDS, LONG, registry);
        this.events = counter(Metrics.EVENTS, registry);
        this.cycleSeconds = histogram(Metrics.CYCLE_SECONDS, SHORT, registry);
        this.lateness = histogram(Metrics.CYCLE_LATENESS, SHORT, registry);
        this.skipped = counter(Metrics.CYCLES_SKIPPED, registry);
        this.failed = counter(Metrics.CYCLES_FAILED, registry);
        this.lastCycle = gauge(Metrics.LAST_CYCLE, registry);
        this.choreSeconds = histogram(Metrics.CHORE_SECONDS, SHORT, registry);
        this.storeSeconds = histogram(Metrics.STORE_SECONDS, SHORT, registry);
        this.storeFailures = counter(Metrics.STORE_FAILURES, registry);
    }

    private static Counter counter(Metric metric, PrometheusRegistry registry) {
        return Counter.builder()
                .name(metric.name())
                .help(metric.help())
                .labelNames(metric.labels().toArray(String[]::new))
                .withoutExemplars()
                .register(registry);
    }

    private static Gauge gauge(Metric metric, PrometheusRegistry registry) {
        return Gauge.builder()
                .name(metric.name())
                .help(metric.help())
                .labelNames(metric.labels().toArray(String[]::new))
                .withoutExemplars()
                .register(registry);
    }

    private static Histogram histogram(Metric metric, double[] bounds, PrometheusRegistry registry) {
        return Histogram.builder()
                .name(metric.name())
                .help(metric.help())
                .labelNames(metric.labels().toArray(String[]::new))
                .classicOnly()
                .classicUpperBounds(bounds)
                .withoutExemplars()
                .register(registry);
    }

    /** A step was saved. */
    void decided(JobKey job, Step step) {
        String outcome = step.decision().match(hold -> "hold", rescale -> "rescale");
        String reason = step.decision()
                .match(
                        hold -> hold.reason().name(),
                        rescale -> rescale.trigger().name());
        decisions.labelValues(job.cluster(), outcome, reason).inc();
        if (step.decision() instanceof Rescale rescale) {
            trails.rescaled(job, direction(rescale));
        }
        stands(job, step.state());
    }

    private static Direction direction(Rescale rescale) {
        boolean up = rescale.verdicts().stream().anyMatch(v -> v.newParallelism() > v.parallelism());
        boolean down = rescale.verdicts().stream()
                .filter(Verdict::changes)
                .anyMatch(v -> v.newParallelism() < v.parallelism());
        if (up && down) {
            return Direction.MIXED;
        }
        return down ? Direction.DOWN : Direction.UP;
    }

    /** A state was saved. What a rescale has come to before this process saw it is not counted. */
    void stands(JobKey job, JobState state) {
        Optional<Reconciliation> now = state.reconciliation();
        Optional<Reconciliation> before = trails.rescaleIs(job, now);
        boolean decidedHere = before.isPresent()
                || now.filter(r -> r.phase() == Phase.REQUESTED).isPresent();
        boolean same = before.map(Reconciliation::phase).equals(now.map(Reconciliation::phase))
                && before.map(Reconciliation::decidedAt).equals(now.map(Reconciliation::decidedAt));
        if (now.isEmpty() || same || !decidedHere) {
            return;
        }
        phases.labelValues(job.cluster(), now.get().phase().name()).inc();
        if (now.get().phase() == Phase.RUNNING) {
            Duration took = Duration.between(now.get().decidedAt(), now.get().since());
            rescaleSeconds.labelValues(job.cluster()).observe(seconds(took));
        }
    }

    @Override
    public void handle(JobAutoScalerContext job, JobEvent event, Instant now) {
        String cluster = job.key().cluster();
        events.labelValues(cluster, event.type().text(), event.reason().text()).inc();
        if (event.reason() == EventReason.AUTOSCALER_ERROR) {
            failed.labelValues(cluster, event.key().toUpperCase(Locale.ROOT)).inc();
        }
    }

    @Override
    public void ran(Cycle cycle) {
        String cluster = cycle.job().cluster();
        cycleSeconds.labelValues(cluster).observe(seconds(cycle.took()));
        lateness.labelValues(cluster).observe(seconds(cycle.late()));
        skipped.labelValues(cluster).inc(cycle.skipped());
        lastCycle.labelValues(cluster).set(cycle.ended().toEpochMilli() / 1000.0);
    }

    void choreTook(String chore, long nanos) {
        choreSeconds.labelValues(chore).observe(nanos / NANOS);
    }

    void storeTook(String operation, long nanos) {
        storeSeconds.labelValues(operation).observe(nanos / NANOS);
    }

    void storeFailed(String operation, String cause) {
        storeFailures.labelValues(operation, cause).inc();
    }

    /** A clock that was set back makes no negative times. */
    private static double seconds(Duration took) {
        return Math.max(0, took.toNanos() / NANOS);
    }

    @Override
    public void close() {}
}
