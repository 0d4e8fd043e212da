package io.flinkyarn.autoscaler.simulation;

import io.flinkyarn.autoscaler.core.sample.BusyRatio;
import io.flinkyarn.autoscaler.core.sample.ClusterSample;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.Sampling;
import io.flinkyarn.autoscaler.core.sample.VertexSample;
import io.flinkyarn.autoscaler.simulation.MetricFaults.Missing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** What the metrics collector would make of Flink's answers, with the faults of the scenario. */
final class FlinkMetrics {

    /** How long after a start some subtasks have not reported yet, s. */
    private static final long INCOMPLETE_AFTER_START = 15;

    private final SimulatedFlink flink;
    private final JobModel job;
    private final MetricFaults faults;
    private final SplittableRandom dice;
    private List<VertexSample> last = List.of();
    private long lastRun = -1;

    FlinkMetrics(SimulatedFlink flink, JobModel job, MetricFaults faults) {
        this.flink = flink;
        this.job = job;
        this.faults = faults;
        this.dice = new SplittableRandom(faults.seed());
    }

    /** Of a job that is RUNNING. */
    Sampling sample(long second, Instant at) {
        boolean repeated = dice.nextDouble() < faults.repeated();
        boolean incomplete = dice.nextDouble() < faults.incomplete();
        if (incomplete || second - flink.runningSince() < INCOMPLETE_AFTER_START) {
            return new Sampling.NotReady(
                    "vertex '" + job.vertex(0).name() + "': not every subtask has reported its records yet");
        }
        if (!repeated || lastRun != flink.runningSince()) {
            last = measure(second);
            lastRun = flink.runningSince();
        }
        return new Sampling.Taken(new JobSample(
                at, at.minusSeconds(second - flink.runningSince()), flink.graph(), last, cluster(), true));
    }

    private List<VertexSample> measure(long second) {
        List<VertexSample> samples = new ArrayList<>(job.size());
        for (int i = 0; i < job.size(); i++) {
            samples.add(measure(i, second));
        }
        return samples;
    }

    private VertexSample measure(int vertex, long second) {
        VertexRun run = flink.dataflow().run(vertex);
        boolean source = job.vertex(vertex).load().isPresent();
        return new VertexSample(
                faults.isMissing(Missing.BUSY_TIME, vertex, second) ? Optional.empty() : Optional.of(busy(run)),
                OptionalDouble.of(noisy(run.backPressuredRatio())),
                OptionalDouble.of(source ? 0 : noisy(run.processedPerSecond())),
                ofSource(source, noisy(run.processedPerSecond())),
                ofSource(source, run.processed()),
                ofSource(source, run.sent()),
                source && !faults.isMissing(Missing.PENDING_RECORDS, vertex, second)
                        ? OptionalDouble.of(flink.dataflow().waitingAt(vertex))
                        : OptionalDouble.empty(),
                OptionalDouble.of(source ? 0 : run.processed()),
                OptionalDouble.of(run.sent()),
                OptionalDouble.of(run.busyMillis()),
                OptionalDouble.of(run.taskMillis()),
                false);
    }

    private BusyRatio busy(VertexRun run) {
        double noise = noisy(1);
        return new BusyRatio(run.idlestRatio() * noise, run.busiestRatio() * noise, run.averageRatio() * noise);
    }

    private static OptionalDouble ofSource(boolean source, double value) {
        return source ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private double noisy(double value) {
        return value * (1 + faults.noise() * (2 * dice.nextDouble() - 1));
    }

    private ClusterSample cluster() {
        double gigabyte = 1 << 30;
        return new ClusterSample(
                OptionalDouble.of(gigabyte),
                OptionalDouble.of(gigabyte / 2),
                OptionalDouble.of(0.01),
                OptionalDouble.of(0),
                OptionalDouble.of(gigabyte / 10),
                OptionalInt.of(flink.slotsUsed()),
                OptionalInt.of(0));
    }
}
