package io.flinkyarn.autoscaler.core.sample;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import java.time.Instant;
import java.util.List;

/**
 * What was seen of a running job at one moment. Made by the metrics collector, consumed by {@link
 * io.flinkyarn.autoscaler.core.Autoscaler#step}.
 *
 * @param at time of the request
 * @param runningSince when the job last switched to RUNNING: a restart or a rescale moves it
 * @param graph the job graph with today's parallelism
 * @param vertices one sample per vertex, in the order of {@code graph.vertices()}
 * @param rescalable whether Flink can change the parallelism of this job in place (adaptive scheduler, Flink 1.18 or later)
 */
public record JobSample(
        Instant at,
        Instant runningSince,
        JobGraph graph,
        List<VertexSample> vertices,
        ClusterSample cluster,
        boolean rescalable) {

    public JobSample {
        vertices = List.copyOf(vertices);
        if (vertices.size() != graph.vertices().size()) {
            throw new IllegalArgumentException("a sample of " + graph.vertices().size()
                    + " vertices needs as many vertex samples, got " + vertices.size());
        }
    }

    /** The same, once it is known how far the job may go. */
    public JobSample cleared(Clearance clearance) {
        return new JobSample(at, runningSince, graph, vertices, cluster.cleared(clearance), rescalable);
    }
}
