package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;

import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.ClusterView.Standing;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.JobListFetcher.End;
import io.flinkyarn.autoscaler.control.JobListFetcher.ListedApplication;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.JobView.Decided;
import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.job.Edge;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.ShipStrategy;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.testing.Policies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What the board shows of the job of {@link Steps} and of its cluster. */
final class Views {

    static final String CLUSTER = "cluster";
    static final Application CLICKS = new Application("clicks", "root.prod", "alice", Set.of("team-a"));

    private Views() {}

    /** The job runs at 1, 2 and 3, was served and decided about just now, and stands so since the beginning. */
    static JobView view(String applicationId, JobMode mode, Decision decision, Instant now) {
        return view(applicationId, mode, decision, 2, now);
    }

    /** @param map parallelism of the map */
    static JobView view(String applicationId, JobMode mode, Decision decision, int map, Instant now) {
        JobAutoScalerContext job = job(applicationId);
        return new JobView(
                job,
                mode,
                Optional.of(new PolicyReading.Valid(Policies.quick(true))),
                Optional.of(graph(map)),
                Optional.of(new Decided(decision, now, NOW)),
                Optional.empty(),
                Optional.of(now),
                Optional.empty());
    }

    private static JobGraph graph(int map) {
        return JobGraph.of(
                List.of(
                        vertex(Steps.SOURCE, "Source: orders", 1, "sources"),
                        vertex(Steps.MAP, "price", map, "default"),
                        vertex(Steps.SINK, "Sink: orders", 3, "default")),
                List.of(
                        new Edge(Steps.SOURCE, Steps.MAP, ShipStrategy.HASH),
                        new Edge(Steps.MAP, Steps.SINK, ShipStrategy.HASH)));
    }

    private static JobVertex vertex(VertexId id, String name, int parallelism, String group) {
        return new JobVertex(id, name, parallelism, 128, OptionalInt.empty(), Optional.of(group), false);
    }

    /** The cluster answers, since the beginning, and lists these applications, whose jobs were read. */
    static ClusterView listing(Instant now, String... applications) {
        return listing(now, List.of(), List.of(), applications);
    }

    static ClusterView listing(Instant now, List<End> ended, List<Problem> problems, String... applications) {
        return cluster(
                Standing.REACHABLE,
                NOW,
                List.of(applications).stream()
                        .map(id -> new ListedApplication(
                                id,
                                Optional.of(CLICKS),
                                problems.stream().noneMatch(p -> p.subject().equals(id))))
                        .toList(),
                ended,
                problems,
                now);
    }

    static ClusterView away(Instant since, Problem... problems) {
        return cluster(Standing.UNREACHABLE, since, List.of(), List.of(), List.of(problems), since);
    }

    private static ClusterView cluster(
            Standing standing,
            Instant since,
            List<ListedApplication> applications,
            List<End> ended,
            List<Problem> problems,
            Instant listedAt) {
        return new ClusterView(
                CLUSTER,
                standing,
                since,
                applications.size(),
                applications,
                ended,
                problems,
                Optional.of(listedAt),
                Optional.empty());
    }
}
