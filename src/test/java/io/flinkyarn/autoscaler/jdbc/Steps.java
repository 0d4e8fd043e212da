package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.Decision.Rescale;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.Limit;
import io.flinkyarn.autoscaler.core.decide.RescalePlan;
import io.flinkyarn.autoscaler.core.decide.Trigger;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.core.evaluate.Estimator;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Steps as the core yields them, of a job with a source, a map that goes up, and a sink that receives nothing and goes down. */
final class Steps {

    static final VertexId SOURCE = new VertexId("0000000000000000000000000000000a");
    static final VertexId MAP = new VertexId("0000000000000000000000000000000b");
    static final VertexId SINK = new VertexId("0000000000000000000000000000000c");

    private Steps() {}

    /** A rescale of the map from 2 to the given parallelism, and of the sink from 3 to 1. */
    static Step rescale(int map, Instant now) {
        return rescale(map, Trigger.METRICS, now);
    }

    /** The same, as it was good in an earlier run. */
    static Step restoration(int map, Instant now) {
        return rescale(map, Trigger.RESTORE, now);
    }

    private static Step rescale(int map, Trigger trigger, Instant now) {
        RescalePlan plan = plan(map);
        return new Step(
                JobState.NEW.withReconciliation(Reconciliation.requested(now, plan.targets())),
                new Rescale(plan, verdicts(map), trigger),
                List.of(event("scaled", Optional.empty())));
    }

    static Step recommendation(int map) {
        return hold(new Hold(HoldReason.SCALING_DISABLED, "", Optional.of(plan(map)), verdicts(map)));
    }

    static Step hold(HoldReason reason, String detail) {
        return hold(Hold.because(reason, detail));
    }

    /** A hold in this state, with a verdict on each vertex. */
    static Step holding(JobState state, HoldReason reason) {
        return new Step(
                state.standingAt(reason.name(), Instant.EPOCH),
                new Hold(reason, "", Optional.empty(), verdicts(2)),
                List.of());
    }

    private static Step hold(Hold hold) {
        return new Step(JobState.NEW, hold, List.of());
    }

    static Step telling(JobEvent... events) {
        return new Step(JobState.NEW, Hold.because(HoldReason.METRICS_MISSING, ""), List.of(events));
    }

    static JobEvent event(String message, Optional<Duration> mergeWithin) {
        return new JobEvent(EventType.WARNING, EventReason.SCALING_LIMITED, MAP.hex(), message, mergeWithin);
    }

    /** A window of {@code size} samples, 10 s apart, the last one being number {@code last}. */
    static JobState window(int size, int last, Instant start) {
        List<MetricsWindow.Row> rows = IntStream.rangeClosed(last - size + 1, last)
                .mapToObj(i -> new MetricsWindow.Row(start.plusSeconds(10L * i), values(i)))
                .toList();
        return JobState.NEW.withWindow(new MetricsWindow(List.of(SOURCE, MAP, SINK, SOURCE, MAP), rows));
    }

    /** The same window with sample number {@code number} instead of its oldest one. */
    static MetricsWindow next(MetricsWindow window, int number, Instant start) {
        List<MetricsWindow.Row> rows = new ArrayList<>(window.rows().subList(1, window.size()));
        rows.add(new MetricsWindow.Row(start.plusSeconds(10L * number), values(number)));
        return new MetricsWindow(window.vertices(), rows);
    }

    /** Five vertices of 12 values. */
    private static double[] values(int seed) {
        double[] values = new double[60];
        for (int i = 0; i < values.length; i++) {
            values[i] = seed * 1000.0 + i / 3.0;
        }
        return values;
    }

    private static RescalePlan plan(int map) {
        return new RescalePlan(List.of(new RescalePlan.Change(MAP, 2, map), new RescalePlan.Change(SINK, 3, 1)));
    }

    private static List<Verdict> verdicts(int map) {
        return List.of(
                verdict(SOURCE, "Source: orders", 1, 1, 5000.0, VertexOutcome.UNCHANGED),
                verdict(MAP, "price", 2, map, 1000.04, VertexOutcome.SCALE_UP),
                verdict(SINK, "Sink: orders", 3, 1, Double.POSITIVE_INFINITY, VertexOutcome.SCALE_DOWN));
    }

    static Verdict verdict(
            VertexId id, String name, int from, int to, double trueProcessingRate, VertexOutcome outcome) {
        return new Verdict(
                id,
                name,
                from,
                128,
                OptionalDouble.of(1500.5),
                OptionalDouble.of(20),
                id.equals(SOURCE) ? OptionalDouble.of(12345) : OptionalDouble.empty(),
                OptionalDouble.of(0.9),
                OptionalDouble.of(trueProcessingRate),
                Estimator.BUSY_TIME,
                List.of(),
                OptionalDouble.of(1600),
                OptionalDouble.of(3000),
                OptionalDouble.of(2172.14),
                OptionalDouble.of(2.17),
                1.0,
                to + 1,
                to,
                Limit.SCALE_UP_MAX_FACTOR,
                to,
                to,
                OptionalDouble.of(trueProcessingRate * to / from),
                outcome != VertexOutcome.UNCHANGED,
                outcome);
    }
}
