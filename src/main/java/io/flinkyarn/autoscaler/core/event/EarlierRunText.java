package io.flinkyarn.autoscaler.core.event;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.state.EarlierRun;
import io.flinkyarn.autoscaler.core.state.GoodParallelism;
import io.flinkyarn.autoscaler.core.state.JobState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An earlier run of a job in words. */
final class EarlierRunText {

    private EarlierRunText() {}

    /** What of it a new run with this job graph has learnt. */
    static String learned(EarlierRun earlier, JobGraph graph, JobState learnt) {
        List<String> parts = new ArrayList<>(3);
        if (!learnt.restarts().isEmpty()) {
            parts.add("restarts took "
                    + learnt.restarts().stream()
                            .flatMap(restart -> restart.duration().stream())
                            .map(duration -> duration.toSeconds() + " s")
                            .collect(Collectors.joining(", ")));
        }
        if (!learnt.history().isEmpty()) {
            parts.add("what came of the rescales of "
                    + names(graph, learnt.history().keySet()));
        }
        learnt.good().ifPresent(good -> parts.add("it ran well at " + parallelism(graph, good)));
        return "Begins with what was learnt in the earlier run " + earlier.key() + " of this job: "
                + String.join("; ", parts)
                + (earlier.hasGraph(graph) ? "" : "; nothing else, as its job graph was another one");
    }

    static String notRestored(Instant until) {
        return "; that is not restored, as the job was found after " + until.truncatedTo(ChronoUnit.SECONDS)
                + ", when it could have a full metrics window of its own";
    }

    private static String names(JobGraph graph, Set<VertexId> vertices) {
        return graph.vertices().stream()
                .filter(vertex -> vertices.contains(vertex.id()))
                .map(JobVertex::name)
                .collect(Collectors.joining(", "));
    }

    private static String parallelism(JobGraph graph, GoodParallelism good) {
        return graph.vertices().stream()
                .map(vertex -> vertex.name() + " " + good.byVertex().get(vertex.id()))
                .collect(Collectors.joining(", "));
    }
}
