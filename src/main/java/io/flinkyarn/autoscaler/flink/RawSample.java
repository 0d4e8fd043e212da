package io.flinkyarn.autoscaler.flink;

import io.flinkyarn.autoscaler.core.job.VertexId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The answers of Flink that make up one sample, before units are converted. Made by the collector, read by {@link SampleReader}.
 *
 * @param at time of the request for the details
 * @param jobManager slots
 * @param taskManagers memory and garbage collection, the largest over the TaskManagers
 * @param vertices aggregated over the subtasks; nothing for a finished vertex
 * @param sourcePartitions of the sources
 */
record RawSample(
        Instant at,
        JobDetails details,
        List<Metric> jobManager,
        List<Metric> taskManagers,
        Map<VertexId, List<Metric>> vertices,
        Map<VertexId, OptionalInt> sourcePartitions,
        boolean rescalable) {

    RawSample {
        jobManager = List.copyOf(jobManager);
        taskManagers = List.copyOf(taskManagers);
        vertices = Map.copyOf(vertices);
        sourcePartitions = Map.copyOf(sourcePartitions);
    }
}
