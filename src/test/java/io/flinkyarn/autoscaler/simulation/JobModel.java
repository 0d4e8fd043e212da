package io.flinkyarn.autoscaler.simulation;

import io.flinkyarn.autoscaler.core.job.Edge;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A job: its vertices, in topological order, and what flows between them. All of them share slots.
 *
 * @param vertices sources have a load, the others an input
 */
record JobModel(List<VertexModel> vertices, List<Flow> flows) {

    JobModel {
        vertices = List.copyOf(vertices);
        flows = List.copyOf(flows);
    }

    int size() {
        return vertices.size();
    }

    VertexModel vertex(int position) {
        return vertices.get(position);
    }

    static VertexId id(int position) {
        return new VertexId(String.format("%032x", position + 1));
    }

    /** The job as Flink shows it when it runs at this parallelism. */
    JobGraph graph(List<Integer> parallelism) {
        List<JobVertex> shown = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            VertexModel vertex = vertex(i);
            shown.add(new JobVertex(
                    id(i),
                    vertex.name(),
                    parallelism.get(i),
                    vertex.maxParallelism(),
                    vertex.partitions(),
                    Optional.of("default"),
                    false));
        }
        List<Edge> edges = flows.stream()
                .map(flow -> new Edge(id(flow.from()), id(flow.to()), flow.strategy()))
                .toList();
        return JobGraph.of(shown, edges);
    }
}
