package io.flinkyarn.autoscaler.core.window;

import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.window.MetricsWindow.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What became of a sample that was offered to the metrics window. Made by {@link #of}, read by the step. */
public sealed interface Intake {

    /** By how much the clock of the tasks may differ from itself, in ms: Flink does not read its parts at one moment. */
    double CLOCK_NOISE = 500;

    /** The window that holds from now on. */
    MetricsWindow window();

    /** The sample is in. */
    record Accepted(MetricsWindow window, WindowPhase phase) implements Intake {}

    /**
     * The sample is not in, and nothing is wrong.
     *
     * @param why a sentence for people
     */
    record Repeated(MetricsWindow window, String why) implements Intake {}

    /**
     * The sample is not in, because it is incomplete.
     *
     * @param metrics what is missing, each as "metric of vertex"; never empty
     * @param stabilizing whether that is to be expected, because the job has just begun to run
     */
    record Incomplete(MetricsWindow window, List<String> metrics, boolean stabilizing) implements Intake {}

    /** Calls the function that belongs to this outcome. */
    default <T> T match(
            Function<Accepted, T> accepted, Function<Repeated, T> repeated, Function<Incomplete, T> incomplete) {
        if (this instanceof Accepted a) {
            return accepted.apply(a);
        }
        return this instanceof Repeated r ? repeated.apply(r) : incomplete.apply((Incomplete) this);
    }

    /**
     * Takes a sample into the window of its job. A window of an earlier run of the job, or of other vertices, is dropped first: rates across
     * a restart are meaningless. A full window is trimmed to the length that the policy asks for.
     */
    static Intake of(MetricsWindow window, JobSample sample, ScalingPolicy policy, Instant now) {
        ScalingPolicy.Observation observation = policy.observation();
        MetricsWindow present = ofPresentRun(window, sample, observation.window());
        List<String> missing = RequiredMetrics.missing(sample);
        if (!missing.isEmpty()) {
            boolean stabilizing = now.isBefore(sample.runningSince().plus(observation.stabilization()));
            return new Incomplete(present, missing, stabilizing);
        }
        Row row = new RowReader(present, policy).read(sample);
        if (!present.isEmpty()) {
            Row last = present.newest();
            if (!row.at().isAfter(last.at())) {
                return new Repeated(
                        present, "the sample of " + row.at() + " is not newer than the last one of " + last.at());
            }
            if (isSameMeasurement(last, row, present.vertices().size())) {
                return new Repeated(present, "the tasks' own clock stands where it stood at " + last.at());
            }
        }
        WindowPhase phase = WindowPhase.of(present, row, sample.runningSince(), observation, now);
        boolean full = phase instanceof WindowPhase.Full;
        Instant oldest = full ? now.minus(observation.window()) : Instant.MIN;
        return new Accepted(present.with(row.with(JobMetric.FULL, full ? 1 : 0), oldest), phase);
    }

    /**
     * The window, or an empty one where it belongs to an earlier run or to other vertices. Likewise where it lies in the future by more than
     * its length: then a clock was wrong, and waiting for it would take too long.
     */
    private static MetricsWindow ofPresentRun(MetricsWindow window, JobSample sample, Duration length) {
        List<VertexId> vertices = sample.graph().ids();
        boolean ofThisRun = !window.isEmpty()
                && window.vertices().equals(vertices)
                && window.newest().size() == WindowLayout.size(vertices.size())
                && !sample.runningSince().isAfter(window.rows().get(0).at())
                && !window.newest().at().isAfter(sample.at().plus(length));
        return ofThisRun ? window : new MetricsWindow(vertices, List.of());
    }

    /** Whether Flink answered twice with the same measurement: no task has run on, by its own clock. */
    private static boolean isSameMeasurement(Row last, Row row, int vertices) {
        boolean timed = false;
        for (int i = 0; i < vertices; i++) {
            double before = last.value(i, VertexMetric.TASK_TIME);
            double after = row.value(i, VertexMetric.TASK_TIME);
            if (!Double.isNaN(before) && !Double.isNaN(after)) {
                timed = true;
                if (Math.abs(after - before) > CLOCK_NOISE) {
                    return false;
                }
            }
        }
        return timed;
    }
}
