package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Absence;
import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.JobView.Trouble;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link StatusText} tells, for programs: the answer of {@code autoscaler.sh status --json}.
 *
 * @param at when it was written
 * @param databaseAway left out while the database answers, or where there is none
 */
record StatusJson(
        boolean running,
        String version,
        long pid,
        Instant startedAt,
        Instant at,
        Optional<Absence> databaseAway,
        List<Cluster> clusters,
        List<Job> jobs) {

    /** @param requestsPerSecond that its ResourceManager gets from us; left out where it has none */
    record Cluster(
            String cluster,
            String standing,
            Instant since,
            int jobs,
            Optional<Double> requestsPerSecond,
            List<Problem> problems) {}

    /**
     * A job.
     *
     * @param reason why it is held, or RESCALED; left out before the first decision
     * @param since since when this reason holds
     * @param trouble why it could not be served in the latest cycle; left out where it was
     */
    record Job(
            JobKey job,
            String name,
            String mode,
            List<String> policies,
            List<Vertex> vertices,
            Optional<String> reason,
            Optional<String> detail,
            Optional<Instant> since,
            Optional<Rescale> rescale,
            Optional<Instant> servedAt,
            Optional<Trouble> trouble) {}

    /** @param target where it is to go: by a rescale under way, or by a recommendation; left out where there is none */
    record Vertex(String id, String name, int parallelism, int maxParallelism, Optional<Integer> target) {}

    /** The latest rescale, and how far it has come. */
    record Rescale(Instant decidedAt, String phase, Instant since, Optional<String> detail) {}

    static StatusJson of(
            StatusText process,
            Records.Standing records,
            List<ClusterView> clusters,
            List<JobView> jobs,
            Map<String, Double> load,
            Instant now) {
        return new StatusJson(
                true,
                process.version(),
                process.pid(),
                process.startedAt(),
                now,
                records.absence(),
                clusters.stream().map(cluster -> of(cluster, load)).toList(),
                jobs.stream().map(StatusJson::of).toList());
    }

    private static Cluster of(ClusterView view, Map<String, Double> load) {
        return new Cluster(
                view.cluster(),
                view.standing().name(),
                view.since(),
                view.jobs(),
                Optional.ofNullable(load.get(view.cluster())),
                view.problems());
    }

    private static Job of(JobView view) {
        return new Job(
                view.job().key(),
                view.job().jobName(),
                view.mode().name(),
                view.options().map(PolicyReading.Valid::named).orElse(List.of()),
                view.graph().map(graph -> vertices(graph, view.targets())).orElse(List.of()),
                view.reason(),
                view.detail(),
                view.decided().map(JobView.Decided::since),
                view.rescale().map(r -> new Rescale(r.decidedAt(), r.phase().name(), r.since(), r.detail())),
                view.served(),
                view.trouble());
    }

    private static List<Vertex> vertices(JobGraph graph, Map<VertexId, Integer> targets) {
        return graph.vertices().stream()
                .map(vertex -> new Vertex(
                        vertex.id().hex(),
                        vertex.name(),
                        vertex.parallelism(),
                        vertex.maxParallelism(),
                        Optional.ofNullable(targets.get(vertex.id()))))
                .toList();
    }
}
