package io.flinkyarn.autoscaler.core;

import static io.flinkyarn.autoscaler.core.testing.Given.START;
import static io.flinkyarn.autoscaler.core.testing.Given.policy;
import static io.flinkyarn.autoscaler.core.testing.Given.vertex;
import static java.util.stream.Collectors.toMap;

import io.flinkyarn.autoscaler.core.decide.Decision.Rescale;
import io.flinkyarn.autoscaler.core.job.Edge;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.ShipStrategy;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.testing.SteadyJob;
import io.flinkyarn.autoscaler.core.window.MetricsWindow.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one decision costs: a step with a full window of 90 samples, for a job of 10 vertices. Run by {@code scripts/benchmark.sh}, never by
 * the tests.
 *
 * <p>The aim is less than 30 µs and 16 kB for a step, and less than 12 bytes for a value of the window. Measured on 2026-11-22 with JDK 17.0.15
 * on 2 cores that had nothing else to do:
 *
 * <pre>
 *                             µs              bytes
 *   step, HOLD          10.9 ± 2.3           16,356
 *   step, RESCALE       18.0 ± 1.7           47,304      with the text of the event
 *   copyOfTheWindow      5.9 ± 0.5           68,752      9.1 for each of its 90 · 84 values
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StepBenchmark {

    private static final int SAMPLES = 90;
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final double UTILIZATION = 0.7;

    /** How the step ends. */
    public enum Outcome {
        /** Every vertex runs at its target utilization: nearly every step of a daemon is like this. */
        HOLD(1),
        /** Every vertex can do half of what it should: all get a new parallelism, with the event that tells it. */
        RESCALE(0.5);

        private final double speed;

        Outcome(double speed) {
            this.speed = speed;
        }
    }

    @Param
    public Outcome outcome = Outcome.HOLD;

    private final ScalingPolicy policy = policy(
            "utilization.target", Double.toString(UTILIZATION),
            "target.utilization.boundary", "0.1",
            "stabilization.interval", "0 s",
            "metrics.window", INTERVAL.multipliedBy(SAMPLES - 1).toSeconds() + " s",
            "scale-down.interval", "1 h",
            "restart.time", "5 min");

    private JobState state = JobState.NEW;
    private JobSample sample = job(1).sample(START);

    /** Up to the step that is measured: one sample is lacking, and the window is full. */
    @Setup
    public void fillTheWindow() {
        SteadyJob job = job(outcome.speed);
        sample = job.sample(START);
        for (int i = 1; i < SAMPLES; i++) {
            state = step().state();
            sample = job.sample(START.plus(INTERVAL.multipliedBy(i)));
        }
        Step last = step();
        if (last.state().window().size() != SAMPLES
                || last.decision() instanceof Rescale != (outcome == Outcome.RESCALE)
                || last.decision().verdicts().size() != VERTICES.size()) {
            throw new IllegalStateException("not the step to be measured: " + last.decision());
        }
    }

    @Benchmark
    public Step step() {
        return Autoscaler.step(state, sample, policy, sample.at());
    }

    /** A deep copy of the window: what this allocates is what the window of a job takes. */
    @Benchmark
    public List<Row> copyOfTheWindow() {
        List<Row> copy = new ArrayList<>(SAMPLES);
        for (Row row : state.window().rows()) {
            double[] values = new double[row.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.value(i);
            }
            copy.add(new Row(Instant.ofEpochMilli(row.at().toEpochMilli()), values));
        }
        return copy;
    }

    private static final List<JobVertex> VERTICES = List.of(
            vertex("orders", 4),
            vertex("clicks", 12),
            vertex("parse orders", 4),
            vertex("parse clicks", 12),
            vertex("join", 16),
            vertex("enrich", 16),
            vertex("aggregate", 16),
            vertex("store", 16),
            vertex("alert", 16),
            vertex("archive", 16));

    private static final List<Edge> EDGES = List.of(
            edge(0, 2, ShipStrategy.OTHER),
            edge(1, 3, ShipStrategy.OTHER),
            edge(2, 4, ShipStrategy.HASH),
            edge(3, 4, ShipStrategy.HASH),
            edge(4, 5, ShipStrategy.OTHER),
            edge(5, 6, ShipStrategy.HASH),
            edge(6, 7, ShipStrategy.OTHER),
            edge(6, 8, ShipStrategy.OTHER),
            edge(6, 9, ShipStrategy.OTHER));

    private static Edge edge(int from, int to, ShipStrategy strategy) {
        return new Edge(VERTICES.get(from).id(), VERTICES.get(to).id(), strategy);
    }

    /**
     * A subtask receives 1000 records/s, everywhere.
     *
     * @param speed what the vertices can do, against what their target utilization asks for
     */
    private static SteadyJob job(double speed) {
        return SteadyJob.of(
                JobGraph.of(VERTICES, EDGES),
                Map.of("orders", 4_000.0, "clicks", 12_000.0),
                VERTICES.stream().collect(toMap(JobVertex::name, v -> 1_000 / UTILIZATION * speed)));
    }
}
