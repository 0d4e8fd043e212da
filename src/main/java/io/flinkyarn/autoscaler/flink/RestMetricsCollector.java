package io.flinkyarn.autoscaler.flink;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobFacts;
import io.flinkyarn.autoscaler.control.MetricsCollector;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.sample.Sampling;
import io.flinkyarn.autoscaler.core.sample.Sampling.NotReady;
import io.flinkyarn.autoscaler.flink.Route.RestPath;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples jobs over REST. A sample of n running vertices costs n + 3 requests, one more where the metrics have to be made fresh first
 * ({@link Freshness}), and one per source where its metric names are not known yet ({@link JobRun}).
 *
 * <p>Any thread may call it, but for one job one at a time.
 */
public final class RestMetricsCollector implements MetricsCollector {

    private static final Logger LOG = LoggerFactory.getLogger(RestMetricsCollector.class);

    private static final MetricQuery SLOTS =
            new MetricQuery(List.of(SampleReader.SLOTS_TOTAL, SampleReader.SLOTS_AVAILABLE), List.of());
    private static final List<String> MEMORY = List.of(
            SampleReader.HEAP_MAX, SampleReader.HEAP_USED, SampleReader.MANAGED_USED, SampleReader.METASPACE_USED);
    private static final MetricQuery MEMORY_ONLY = new MetricQuery(MEMORY, List.of("max"));
    private static final MetricQuery MEMORY_AND_GC = new MetricQuery(
            Stream.concat(MEMORY.stream(), Stream.of(SampleReader.GC_TIME)).toList(), List.of("max"));
    private static final List<String> AGGREGATES = List.of("min", "max", "avg", "sum");

    private final FlinkRest rest;
    private final Clock clock;
    private final Freshness freshness;
    private final ConcurrentMap<JobKey, JobRun> runs = new ConcurrentHashMap<>();

    public RestMetricsCollector(FlinkRest rest, Clock clock) {
        this(rest, clock, Pause.SLEEP);
    }

    RestMetricsCollector(FlinkRest rest, Clock clock, Pause pause) {
        this.rest = rest;
        this.clock = clock;
        this.freshness = new Freshness(clock, pause);
    }

    @Override
    public JobFacts facts(JobAutoScalerContext job) throws UnreachableException, InterruptedException {
        Features features = rest.get(job.rest(), Route.FEATURES.of(), Features.class);
        return FlinkFacts.of(features, configuration(job));
    }

    /** Flink below 1.17 and some states of a job have no configuration of the job's own; then it is that of the cluster. */
    private Map<String, String> configuration(JobAutoScalerContext job)
            throws UnreachableException, InterruptedException {
        try {
            return configuration(job, Route.JOB_CONFIGURATION.of(job.key().jobId()));
        } catch (UnreachableException e) {
            if (e.category() != Category.GONE && e.category() != Category.REFUSED) {
                throw e;
            }
            return configuration(job, Route.CLUSTER_CONFIGURATION.of());
        }
    }

    private Map<String, String> configuration(JobAutoScalerContext job, RestPath path)
            throws UnreachableException, InterruptedException {
        Map<String, String> configuration = new HashMap<>();
        for (ConfigurationEntry entry : rest.get(job.rest(), path, ConfigurationEntry[].class)) {
            configuration.put(entry.key(), entry.value());
        }
        return configuration;
    }

    @Override
    public Sampling collect(JobAutoScalerContext job, JobFacts facts)
            throws UnreachableException, InterruptedException {
        freshness.await(job.rest(), FlinkFacts.metricsUpdateInterval(facts), () -> slots(job));
        Instant at = clock.instant();
        JobDetails details = rest.get(job.rest(), Route.JOB.of(job.key().jobId()), JobDetails.class);
        Optional<NotReady> lack = JobReadiness.lack(details);
        if (lack.isPresent()) {
            return lack.get();
        }
        try {
            return SampleReader.read(askOthers(job, facts, at, details));
        } catch (IllegalArgumentException e) {
            throw new UnreachableException(
                    Category.MALFORMED,
                    "GET " + job.rest().base() + Route.JOB.of(job.key().jobId()).text()
                            + " was answered with a job that cannot be: " + e.getMessage(),
                    e);
        }
    }

    private RawSample askOthers(JobAutoScalerContext job, JobFacts facts, Instant at, JobDetails details)
            throws UnreachableException, InterruptedException {
        JobRun run = run(job.key(), SampleReader.runningSince(details));
        JobGraph graph = SampleReader.graph(details, Map.of());
        Map<VertexId, List<Metric>> metrics = new HashMap<>();
        Map<VertexId, OptionalInt> partitions = new HashMap<>();
        for (int i = 0; i < graph.size(); i++) {
            JobVertex vertex = graph.vertex(i);
            if (!vertex.finished()) {
                VertexMetricNames names =
                        graph.isSource(i) ? sourceNames(job, run, vertex, at) : VertexMetricNames.INNER;
                partitions.put(vertex.id(), names.sourcePartitions());
                metrics.put(
                        vertex.id(),
                        rest.metrics(job.rest(), metricsOf(job, vertex), new MetricQuery(names.names(), AGGREGATES)));
            }
        }
        return new RawSample(
                at, details, slots(job), memory(job, run), metrics, partitions, FlinkFacts.canRescale(facts, details));
    }

    /** What is known about this run of the job; nothing, if the job has restarted since. */
    private JobRun run(JobKey key, Instant runningSince) {
        JobRun known = runs.get(key);
        if (known != null && known.isRunSince(runningSince)) {
            return known;
        }
        JobRun fresh = new JobRun(runningSince);
        runs.put(key, fresh);
        return fresh;
    }

    private VertexMetricNames sourceNames(JobAutoScalerContext job, JobRun run, JobVertex source, Instant now)
            throws UnreachableException, InterruptedException {
        Optional<VertexMetricNames> known = run.names(source.id(), now);
        if (known.isPresent()) {
            return known.get();
        }
        List<String> listed = rest.metricNames(job.rest(), metricsOf(job, source)).stream()
                .map(Metric::id)
                .toList();
        VertexMetricNames wanted = VertexMetricNames.ofSource(listed);
        List<String> unaskable = wanted.unaskable(job.rest().isProxied());
        if (!unaskable.isEmpty()) {
            LOG.warn(
                    "job {}: source '{}' has metrics that YARN's web proxy does not let us ask for: {}. Rename the operator (no braces, below 3000"
                            + " bytes), or reach the JobManager directly",
                    job.key(),
                    source.name(),
                    unaskable);
        }
        VertexMetricNames names = wanted.without(unaskable);
        run.keep(source.id(), names, now);
        return names;
    }

    private static RestPath metricsOf(JobAutoScalerContext job, JobVertex vertex) {
        return Route.VERTEX_METRICS.of(job.key().jobId(), vertex.id().hex());
    }

    private List<Metric> slots(JobAutoScalerContext job) throws UnreachableException, InterruptedException {
        return rest.metrics(job.rest(), Route.JOBMANAGER_METRICS.of(), SLOTS);
    }

    /** Flink answers with nothing at all if it does not know one of the names, and old versions do not know that of garbage collection. */
    private List<Metric> memory(JobAutoScalerContext job, JobRun run)
            throws UnreachableException, InterruptedException {
        RestPath path = Route.TASKMANAGER_METRICS.of();
        if (!run.isGcTimeUnknown()) {
            List<Metric> metrics = rest.metrics(job.rest(), path, MEMORY_AND_GC);
            if (!metrics.isEmpty()) {
                return metrics;
            }
        }
        List<Metric> metrics = rest.metrics(job.rest(), path, MEMORY_ONLY);
        if (!metrics.isEmpty()) {
            run.rememberThatGcTimeIsUnknown();
        }
        return metrics;
    }

    @Override
    public void forget(JobAutoScalerContext job) {
        runs.remove(job.key());
        freshness.forget(job.rest());
    }
}
