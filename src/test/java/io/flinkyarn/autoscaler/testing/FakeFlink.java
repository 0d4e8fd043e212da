package io.flinkyarn.autoscaler.testing;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobFacts;
import io.flinkyarn.autoscaler.control.MetricsCollector;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.ScalingRealizer;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.core.job.Edge;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.ShipStrategy;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.sample.BusyRatio;
import io.flinkyarn.autoscaler.core.sample.ClusterSample;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.Sampling;
import io.flinkyarn.autoscaler.core.sample.VertexSample;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Flink cluster with jobs of two vertices, a source and a map whose subtasks each can process {@link #CAPACITY} records/s. Collects and realizes
 * like the real adapters, with failures on demand; writes down every call in the {@link Journal}. A rescale takes effect at once, unless the
 * test says how long a restart takes.
 */
public final class FakeFlink implements MetricsCollector, ScalingRealizer {

    /** Records/s that one subtask of the map can process. */
    public static final double CAPACITY = 100;

    public static final VertexId SOURCE = new VertexId("0000000000000000000000000000000a");
    public static final VertexId MAP = new VertexId("0000000000000000000000000000000b");

    private final Clock clock;
    private final Journal journal;
    private final Map<JobKey, Job> jobs = new ConcurrentHashMap<>();

    /** One job; a test sets what it wants to be otherwise. */
    public static final class Job {
        /** Records/s that arrive at the source. */
        public volatile double rate = 50;

        /** Of the map. */
        public volatile int parallelism = 1;

        public volatile int sourceParallelism = 1;
        public volatile boolean rescalable = true;

        /** Slots that there are for it: it runs at no more, whatever is declared. */
        public volatile int slots = Integer.MAX_VALUE;

        /** From the request until it runs at another parallelism. */
        public volatile Duration restart = Duration.ZERO;

        public volatile Map<String, String> configuration = Map.of("job.autoscaler.enabled", "true");
        public volatile Optional<String> notReady = Optional.empty();
        public volatile Optional<UnreachableException> collectFails = Optional.empty();
        public volatile Optional<UnreachableException> realizeFails = Optional.empty();
        public volatile Optional<RuntimeException> defect = Optional.empty();

        /** What was declared and could not be had; 0: nothing. */
        private int lacking;

        private Instant runningSince;
        private Instant measured;
        private double records;
        private double lag;
        private double busyMs;
        private double taskMs;

        private Job(Instant now) {
            this.runningSince = now;
            this.measured = now;
        }
    }

    public FakeFlink(Clock clock, Journal journal) {
        this.clock = clock;
        this.journal = journal;
    }

    /** A running job that is new to the cluster. */
    public Job start(JobAutoScalerContext job) {
        Job fake = new Job(clock.instant());
        jobs.put(job.key(), fake);
        return fake;
    }

    /** A job of application 1, 2, … on the cluster {@code test}, named {@code job-1}, {@code job-2}, … */
    public static JobAutoScalerContext context(int application) {
        return context("test", application, "RUNNING");
    }

    public static JobAutoScalerContext context(String cluster, int application, String status) {
        String id = "application_1_000" + application;
        return new JobAutoScalerContext(
                new JobKey(cluster, id, "00000000000000000000000000000001"),
                "job-" + application,
                status,
                new RestEndpoint(cluster, URI.create("http://rm/proxy/" + id + "/")),
                Optional.empty());
    }

    @Override
    public JobFacts facts(JobAutoScalerContext job) throws UnreachableException {
        journal.add("facts", job);
        Job fake = job(job);
        failOnDemand(fake.collectFails);
        return new JobFacts("1.20.5", fake.rescalable, fake.configuration);
    }

    @Override
    public Sampling collect(JobAutoScalerContext job, JobFacts facts) throws UnreachableException {
        journal.add("collect", job);
        Job fake = job(job);
        failOnDemand(fake.collectFails);
        if (fake.defect.isPresent()) {
            throw fake.defect.get();
        }
        if (clock.instant().isBefore(fake.runningSince)) {
            return new Sampling.NotReady("the job restarts");
        }
        return fake.notReady.<Sampling>map(Sampling.NotReady::new).orElseGet(() -> new Sampling.Taken(sample(fake)));
    }

    @Override
    public Realization realize(JobAutoScalerContext job, Map<VertexId, Integer> target) throws UnreachableException {
        journal.add("realize", job);
        Job fake = job(job);
        failOnDemand(fake.realizeFails);
        int wanted = target.getOrDefault(MAP, fake.parallelism);
        int wantedOfSource = target.getOrDefault(SOURCE, fake.sourceParallelism);
        if (wanted == Math.max(fake.parallelism, fake.lacking) && wantedOfSource == fake.sourceParallelism) {
            return Realization.ALREADY_DECLARED;
        }
        fake.lacking = wanted > fake.slots ? wanted : 0;
        if (Math.min(wanted, fake.slots) != fake.parallelism || wantedOfSource != fake.sourceParallelism) {
            restart(fake, Math.min(wanted, fake.slots));
            fake.sourceParallelism = wantedOfSource;
        }
        return Realization.SENT;
    }

    private void restart(Job fake, int parallelism) {
        sample(fake);
        fake.parallelism = parallelism;
        fake.runningSince = clock.instant().plus(fake.restart);
        fake.measured = fake.runningSince;
        fake.lag += fake.rate * fake.restart.toSeconds();
        fake.records = 0;
        fake.busyMs = 0;
        fake.taskMs = 0;
    }

    @Override
    public void forget(JobAutoScalerContext job) {
        journal.add("forget", job);
    }

    private Job job(JobAutoScalerContext job) throws UnreachableException {
        Job fake = jobs.get(job.key());
        if (fake == null) {
            throw new UnreachableException(UnreachableException.Category.GONE, "Flink does not know job " + job.key());
        }
        return fake;
    }

    private static void failOnDemand(Optional<UnreachableException> failure) throws UnreachableException {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** Moves the counters on to now, as steady work since the last look would, with what has waited before it. */
    private JobSample sample(Job job) {
        Instant now = clock.instant();
        double passed = Duration.between(job.measured, now).toMillis();
        double capacity = CAPACITY * job.parallelism;
        double served = Math.min(capacity, passed == 0 ? job.rate : job.rate + job.lag * 1000 / passed);
        double busy = served / capacity;
        job.measured = now;
        job.records += served * passed / 1000;
        job.lag = Math.max(0, job.lag + (job.rate - served) * passed / 1000);
        job.busyMs += busy * passed * job.parallelism;
        job.taskMs += passed;
        JobGraph graph = JobGraph.of(
                List.of(vertex(SOURCE, "source", job.sourceParallelism), vertex(MAP, "work", job.parallelism)),
                List.of(new Edge(SOURCE, MAP, ShipStrategy.HASH)));
        VertexSample source = new VertexSample(
                Optional.of(new BusyRatio(0.01, 0.01, 0.01)),
                OptionalDouble.of(busy < 1 ? 0 : 0.99),
                OptionalDouble.empty(),
                OptionalDouble.of(served),
                OptionalDouble.of(job.records),
                OptionalDouble.of(job.records),
                OptionalDouble.of(job.lag),
                OptionalDouble.of(0),
                OptionalDouble.of(job.records),
                OptionalDouble.of(job.taskMs * job.sourceParallelism / 100),
                OptionalDouble.of(job.taskMs),
                false);
        VertexSample work = new VertexSample(
                Optional.of(new BusyRatio(busy, busy, busy)),
                OptionalDouble.of(0),
                OptionalDouble.of(served),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(job.records),
                OptionalDouble.of(job.records),
                OptionalDouble.of(job.busyMs),
                OptionalDouble.of(job.taskMs),
                false);
        ClusterSample cluster = new ClusterSample(
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
        return new JobSample(now, job.runningSince, graph, List.of(source, work), cluster, job.rescalable);
    }

    private static JobVertex vertex(VertexId id, String name, int parallelism) {
        return new JobVertex(id, name, parallelism, 128, OptionalInt.empty(), Optional.of("default"), false);
    }
}
