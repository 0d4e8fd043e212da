package io.flinkyarn.autoscaler.core.state;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parallelism at which a job was last seen to run well. Made by the step that has come as far as a decision: then the job has run
 * through its stabilization interval and a whole metrics window without a restart, its rates are known, and its TaskManagers are not short
 * of memory. What was decided upon and never ran that long is not good, whatever came of it.
 *
 * @param byVertex of all vertices of the job graph
 * @param inherited whether an earlier run of the job has shown it, and this one not yet
 */
public record GoodParallelism(Map<VertexId, Integer> byVertex, boolean inherited) {

    public GoodParallelism {
        byVertex = Map.copyOf(byVertex);
    }

    static GoodParallelism shownBy(JobGraph graph) {
        return new GoodParallelism(
                graph.vertices().stream().collect(Collectors.toMap(JobVertex::id, JobVertex::parallelism)), false);
    }

    /** Whether this run has shown it, and runs so now. */
    boolean holdsFor(JobGraph graph) {
        return !inherited
                && graph.size() == byVertex.size()
                && graph.vertices().stream()
                        .allMatch(vertex -> byVertex.getOrDefault(vertex.id(), 0) == vertex.parallelism());
    }

    boolean isOf(JobGraph graph) {
        return byVertex.keySet().equals(Set.copyOf(graph.ids()));
    }

    GoodParallelism handedDown() {
        return new GoodParallelism(byVertex, true);
    }
}
