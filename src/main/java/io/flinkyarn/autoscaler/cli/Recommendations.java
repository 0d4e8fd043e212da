package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ConfigurationReading.Valid;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Cluster;
import io.flinkyarn.autoscaler.control.AutoScalerEventHandler;
import io.flinkyarn.autoscaler.control.Board;
import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.ControlLoop;
import io.flinkyarn.autoscaler.control.CycleListener;
import io.flinkyarn.autoscaler.control.EventFanOut;
import io.flinkyarn.autoscaler.control.InMemoryAutoScalerStateStore;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.Ports;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.ScalingRealizer;
import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.flink.RestMetricsCollector;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * A daemon for some minutes that only watches: the loop with a store in memory and without a way to change anything in Flink. Made and closed by
 * {@link RecommendCommand}.
 */
final class Recommendations implements AutoCloseable {

    /** Under these a job waits for its next sample. */
    private static final Set<HoldReason> NOT_YET = EnumSet.of(
            HoldReason.NOT_RUNNING,
            HoldReason.METRICS_NOT_READY,
            HoldReason.METRICS_STALE,
            HoldReason.METRICS_MISSING,
            HoldReason.STABILIZING,
            HoldReason.WINDOW_FILLING);

    private final Board board = new Board();
    private final Closing closing = new Closing();
    private final Observation observation;
    private final Clock clock;

    private Recommendations(Observation observation, Clock clock) {
        this.observation = observation;
        this.clock = clock;
    }

    /** Begins to watch the jobs of these clusters. */
    static Recommendations start(
            Surroundings surroundings,
            Valid configuration,
            List<Cluster> clusters,
            Observation observation,
            Clock clock)
            throws Refusal {
        Recommendations watching = new Recommendations(observation, clock);
        try {
            watching.start(surroundings, configuration, clusters);
            return watching;
        } catch (Refusal | RuntimeException e) {
            watching.close();
            throw e;
        }
    }

    private void start(Surroundings surroundings, Valid configuration, List<Cluster> clusters) throws Refusal {
        Clusters open = Clusters.open(clusters, surroundings.environment(), new RequestLog(), clock, closing);
        AutoScalerEventHandler nobody = new EventFanOut(List.of());
        Ports ports = new Ports(
                new RestMetricsCollector(open.rest(), clock),
                closing.add(new InMemoryAutoScalerStateStore()),
                NEVER,
                nobody,
                nobody,
                (job, ofJob, ordered) -> configuration.policies().read(job.description(), observation.over(ofJob)),
                board,
                clock,
                observation.interval());
        int parallelism = configuration.process().loop().parallelism();
        closing.add(new ControlLoop(ports, open.fetchers(), parallelism, List.of(), CycleListener.NONE))
                .start();
    }

    /** The options of the jobs keep the loop from ever asking for a rescale; if it did nevertheless, nothing would be sent. */
    private static final ScalingRealizer NEVER = (job, target) -> {
        throw new IllegalStateException(
                "a rescale of " + job.key() + " was to be carried out by a command that only watches");
    };

    /**
     * Waits until there is something to be said of every job, at most for the duration of the observation.
     *
     * @param progress is told now and then of the jobs that are there, and the time
     */
    void await(BiConsumer<List<JobView>, Instant> progress) throws InterruptedException {
        Instant end = clock.instant().plus(observation.duration());
        while (clock.instant().isBefore(end) && !isDone()) {
            TimeUnit.MILLISECONDS.sleep(observation.interval().toMillis());
            progress.accept(jobs(), clock.instant());
        }
    }

    private boolean isDone() {
        int listed = 0;
        for (ClusterView cluster : clusters()) {
            if (cluster.standing() != ClusterView.Standing.REACHABLE) {
                return false;
            }
            listed += cluster.jobs();
        }
        List<JobView> jobs = jobs();
        return !clusters().isEmpty() && jobs.size() >= listed && jobs.stream().allMatch(Recommendations::isDecided);
    }

    /** Whether there is something to be said of a job: a recommendation, or why there can be none. */
    static boolean isDecided(JobView job) {
        return job.mode() == JobMode.INVALID
                || decision(job)
                        .filter(decision -> decision.match(hold -> !NOT_YET.contains(hold.reason()), rescale -> true))
                        .isPresent();
    }

    static Optional<Decision> decision(JobView job) {
        return job.decided().map(JobView.Decided::decision);
    }

    List<ClusterView> clusters() {
        return board.clusters();
    }

    List<JobView> jobs() {
        return board.jobs();
    }

    @Override
    public void close() {
        closing.close();
    }
}
