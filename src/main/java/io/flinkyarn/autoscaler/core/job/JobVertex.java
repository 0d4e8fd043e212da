package io.flinkyarn.autoscaler.core.job;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One vertex of the job graph, as it runs now.
 *
 * @param parallelism subtasks, at least 1
 * @param maxParallelism the number of key groups: the highest parallelism that Flink accepts, at least {@code parallelism}
 * @param sourcePartitions distinct partitions that a source reads; empty where they are not known
 * @param slotSharingGroup id of the group whose subtasks share slots; empty where Flink does not tell
 * @param finished whether all its subtasks have ended for good
 */
public record JobVertex(
        VertexId id,
        String name,
        int parallelism,
        int maxParallelism,
        OptionalInt sourcePartitions,
        Optional<String> slotSharingGroup,
        boolean finished) {

    public JobVertex {
        if (parallelism < 1 || maxParallelism < parallelism) {
            throw new IllegalArgumentException("vertex " + id + " (" + name + ") has parallelism " + parallelism
                    + " and max parallelism " + maxParallelism + ": expected 1 <= parallelism <= max parallelism");
        }
    }
}
