package io.flinkyarn.autoscaler.flink;

import static java.util.Objects.requireNonNull;
import static java.util.function.Predicate.isEqual;

import io.flinkyarn.autoscaler.core.job.Edge;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.ShipStrategy;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.sample.BusyRatio;
import io.flinkyarn.autoscaler.core.sample.ClusterSample;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.Sampling;
import io.flinkyarn.autoscaler.core.sample.Sampling.NotReady;
import io.flinkyarn.autoscaler.core.sample.Sampling.Taken;
import io.flinkyarn.autoscaler.core.sample.VertexSample;
import io.flinkyarn.autoscaler.flink.JobDetails.Counters;
import io.flinkyarn.autoscaler.flink.JobDetails.Input;
import io.flinkyarn.autoscaler.flink.JobDetails.Node;
import io.flinkyarn.autoscaler.flink.JobDetails.Vertex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads a sample from Flink's answers. Pure; the only place where units change: ms/s become ratios, everything else stays records,
 * records/s, ms and bytes.
 */
final class SampleReader {

    static final String SLOTS_TOTAL = "taskSlotsTotal";
    static final String SLOTS_AVAILABLE = "taskSlotsAvailable";
    static final String HEAP_MAX = "Status.JVM.Memory.Heap.Max";
    static final String HEAP_USED = "Status.JVM.Memory.Heap.Used";
    static final String MANAGED_USED = "Status.Flink.Memory.Managed.Used";
    static final String METASPACE_USED = "Status.JVM.Memory.Metaspace.Used";
    static final String GC_TIME = "Status.JVM.GarbageCollector.All.TimeMsPerSecond";

    private static final double MS_PER_SECOND = 1000;

    private SampleReader() {}

    /** @throws IllegalArgumentException if the answers contradict each other, as those of Flink do not */
    static Sampling read(RawSample raw) {
        Optional<NotReady> lack = JobReadiness.lack(raw.details());
        if (lack.isPresent()) {
            return lack.get();
        }
        JobGraph graph = graph(raw.details(), raw.sourcePartitions());
        Map<VertexId, VertexSample> samples = new HashMap<>();
        for (Vertex vertex : raw.details().vertices()) {
            VertexId id = new VertexId(vertex.id());
            samples.put(id, vertex(vertex, raw.vertices().getOrDefault(id, List.of())));
        }
        List<VertexSample> vertices = graph.vertices().stream()
                .map(v -> requireNonNull(samples.get(v.id())))
                .toList();
        ClusterSample cluster = cluster(raw.jobManager(), raw.taskManagers());
        return new Taken(
                new JobSample(raw.at(), runningSince(raw.details()), graph, vertices, cluster, raw.rescalable()));
    }

    /** When the job last switched to RUNNING. */
    static Instant runningSince(JobDetails details) {
        return Instant.ofEpochMilli(details.timestamps().getOrDefault("RUNNING", 0L));
    }

    static JobGraph graph(JobDetails details, Map<VertexId, OptionalInt> sourcePartitions) {
        List<JobVertex> vertices = new ArrayList<>();
        for (Vertex vertex : details.vertices()) {
            VertexId id = new VertexId(vertex.id());
            vertices.add(new JobVertex(
                    id,
                    vertex.name(),
                    vertex.parallelism(),
                    vertex.maxParallelism(),
                    sourcePartitions.getOrDefault(id, OptionalInt.empty()),
                    vertex.slotSharingGroupId(),
                    vertex.isFinished()));
        }
        List<Edge> edges = new ArrayList<>();
        for (Node node : details.plan().nodes().orElse(List.of())) {
            for (Input input : node.inputs().orElse(List.of())) {
                ShipStrategy strategy = ShipStrategy.of(input.shipStrategy().orElse(""));
                edges.add(new Edge(new VertexId(input.id()), new VertexId(node.id()), strategy));
            }
        }
        return JobGraph.of(vertices, edges);
    }

    private static VertexSample vertex(Vertex vertex, List<Metric> metrics) {
        Counters counters = vertex.metrics();
        return new VertexSample(
                busy(metrics),
                ratio(one(metrics, VertexMetricNames.BACK_PRESSURED, Metric::avg)),
                one(metrics, VertexMetricNames.RECORDS_IN_RATE, Metric::sum),
                sum(metrics, VertexMetricNames.SOURCE_RECORDS_IN_RATE),
                sum(metrics, VertexMetricNames.SOURCE_RECORDS_IN),
                sum(metrics, VertexMetricNames.SOURCE_RECORDS_OUT),
                sum(metrics, VertexMetricNames.PENDING_RECORDS),
                counters.readRecords(),
                counters.writeRecords(),
                counters.busy(),
                taskTime(counters, vertex.parallelism()),
                vertex.isFinished());
    }

    private static Optional<BusyRatio> busy(List<Metric> metrics) {
        OptionalDouble min = ratio(one(metrics, VertexMetricNames.BUSY, Metric::min));
        OptionalDouble max = ratio(one(metrics, VertexMetricNames.BUSY, Metric::max));
        OptionalDouble average = ratio(one(metrics, VertexMetricNames.BUSY, Metric::avg));
        if (min.isEmpty() || max.isEmpty() || average.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new BusyRatio(min.getAsDouble(), max.getAsDouble(), average.getAsDouble()));
    }

    /** Every moment of a subtask is busy, idle or back-pressured: together they are the time that it has run. */
    private static OptionalDouble taskTime(Counters counters, int parallelism) {
        double total = counters.busy().orElse(Double.NaN)
                + counters.idle().orElse(Double.NaN)
                + counters.backPressured().orElse(Double.NaN);
        return Double.isFinite(total) ? OptionalDouble.of(total / parallelism) : OptionalDouble.empty();
    }

    private static ClusterSample cluster(List<Metric> jobManager, List<Metric> taskManagers) {
        return new ClusterSample(
                one(taskManagers, HEAP_MAX, Metric::max),
                one(taskManagers, HEAP_USED, Metric::max),
                ratio(one(taskManagers, GC_TIME, Metric::max)),
                one(taskManagers, MANAGED_USED, Metric::max),
                one(taskManagers, METASPACE_USED, Metric::max),
                whole(one(jobManager, SLOTS_TOTAL, Metric::value)),
                whole(one(jobManager, SLOTS_AVAILABLE, Metric::value)));
    }

    private static OptionalDouble one(List<Metric> metrics, String name, Function<Metric, OptionalDouble> aggregate) {
        return sum(metrics, isEqual(name), aggregate);
    }

    private static OptionalDouble sum(List<Metric> metrics, Pattern names) {
        return sum(metrics, names.asMatchPredicate(), Metric::sum);
    }

    /** Over all metrics of these names, for a vertex may hold several sources; empty if there is none. */
    private static OptionalDouble sum(
            List<Metric> metrics, Predicate<? super String> names, Function<Metric, OptionalDouble> aggregate) {
        return metrics.stream()
                .filter(m -> names.test(m.id()))
                .map(aggregate)
                .flatMapToDouble(OptionalDouble::stream)
                .reduce(Double::sum);
    }

    private static OptionalDouble ratio(OptionalDouble msPerSecond) {
        return msPerSecond.isPresent()
                ? OptionalDouble.of(msPerSecond.getAsDouble() / MS_PER_SECOND)
                : OptionalDouble.empty();
    }

    private static OptionalInt whole(OptionalDouble value) {
        return value.isPresent() ? OptionalInt.of((int) value.getAsDouble()) : OptionalInt.empty();
    }
}
