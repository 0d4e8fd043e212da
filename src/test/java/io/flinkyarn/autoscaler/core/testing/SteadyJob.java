package io.flinkyarn.autoscaler.core.testing;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.sample.BusyRatio;
import io.flinkyarn.autoscaler.core.sample.ClusterSample;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.VertexSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A job whose load does not change: every vertex passes on what it receives to each of its outputs, and each subtask can process so many
 * records/s. Its samples are what Flink would report. Immutable.
 *
 * @param rates records/s that the sources receive, by name
 * @param perSubtask records/s that a subtask can process, by name of the vertex
 * @param lag records that wait in front of each source
 * @param taskClock whether Flink tells the running time of the tasks
 */
public record SteadyJob(
        JobGraph graph,
        Instant runningSince,
        Map<String, Double> rates,
        Map<String, Double> perSubtask,
        double lag,
        boolean taskClock,
        boolean rescalable) {

    public static SteadyJob of(JobGraph graph, Map<String, Double> rates, Map<String, Double> perSubtask) {
        return new SteadyJob(graph, Given.START, rates, perSubtask, 0, false, true);
    }

    public SteadyJob withLag(double records) {
        return new SteadyJob(graph, runningSince, rates, perSubtask, records, taskClock, rescalable);
    }

    public SteadyJob withTaskClock() {
        return new SteadyJob(graph, runningSince, rates, perSubtask, lag, true, rescalable);
    }

    public SteadyJob notRescalable() {
        return new SteadyJob(graph, runningSince, rates, perSubtask, lag, taskClock, false);
    }

    /** The same job, restarted with other parallelism. */
    public SteadyJob rescaled(Map<VertexId, Integer> parallelism, Instant at) {
        List<JobVertex> vertices = graph.vertices().stream()
                .map(v -> new JobVertex(
                        v.id(),
                        v.name(),
                        parallelism.getOrDefault(v.id(), v.parallelism()),
                        v.maxParallelism(),
                        v.sourcePartitions(),
                        v.slotSharingGroup(),
                        v.finished()))
                .toList();
        return new SteadyJob(JobGraph.of(vertices, graph.edges()), at, rates, perSubtask, lag, taskClock, rescalable);
    }

    /** What Flink reports at a time, measured just then. */
    public JobSample sample(Instant at) {
        double seconds = Duration.between(runningSince, at).toMillis() / 1000.0;
        Map<Integer, Double> in = new HashMap<>();
        List<VertexSample> samples = new ArrayList<>();
        for (int i = 0; i < graph.size(); i++) {
            JobVertex vertex = graph.vertex(i);
            double rate = rates.getOrDefault(vertex.name(), 0.0);
            for (int input : graph.inputs(i)) {
                rate += in.getOrDefault(input, 0.0);
            }
            in.put(i, rate);
            double capacity = perSubtask.getOrDefault(vertex.name(), 1.0) * vertex.parallelism();
            samples.add(
                    vertexSample(graph.isSource(i), vertex.parallelism(), rate, Math.min(1, rate / capacity), seconds));
        }
        return new JobSample(at, runningSince, graph, samples, CLUSTER, rescalable);
    }

    private static final ClusterSample CLUSTER = new ClusterSample(
            OptionalDouble.of(1000),
            OptionalDouble.of(400),
            OptionalDouble.of(0.02),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalInt.empty());

    private VertexSample vertexSample(boolean source, int parallelism, double rate, double busy, double seconds) {
        OptionalDouble records = OptionalDouble.of(rate * seconds);
        return new VertexSample(
                Optional.of(new BusyRatio(busy, busy, busy)),
                OptionalDouble.of(0),
                source ? OptionalDouble.empty() : OptionalDouble.of(rate),
                source ? OptionalDouble.of(rate) : OptionalDouble.empty(),
                source ? records : OptionalDouble.empty(),
                OptionalDouble.empty(),
                source ? OptionalDouble.of(lag) : OptionalDouble.empty(),
                source ? OptionalDouble.of(0) : records,
                records,
                OptionalDouble.of(busy * seconds * 1000 * parallelism),
                taskClock ? OptionalDouble.of(seconds * 1000) : OptionalDouble.empty(),
                false);
    }
}
