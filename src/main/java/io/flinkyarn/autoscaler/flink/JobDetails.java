package io.flinkyarn.autoscaler.flink;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code /jobs/:job}, as far as we rely on it.
 *
 * @param state as Flink shows it, for instance RUNNING
 * @param jobType STREAMING or BATCH
 * @param schedulerType Flink 2.3 and later, for instance Adaptive
 * @param timestamps ms since the epoch at which the job last went into a state, 0 for never
 */
record JobDetails(
        @JsonProperty(required = true) String state,
        @JsonProperty("job-type") Optional<String> jobType,
        Optional<String> schedulerType,
        @JsonProperty(required = true) Map<String, Long> timestamps,
        @JsonProperty(required = true) List<Vertex> vertices,
        @JsonProperty(required = true) Plan plan) {

    /**
     * @param tasks how many subtasks are in which state
     */
    record Vertex(
            @JsonProperty(required = true) String id,
            Optional<String> slotSharingGroupId,
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) int maxParallelism,
            @JsonProperty(required = true) int parallelism,
            @JsonProperty(required = true) String status,
            @JsonProperty(required = true) Map<String, Integer> tasks,
            @JsonProperty(required = true) Counters metrics) {

        boolean isFinished() {
            return status.equals("FINISHED");
        }

        int subtasks(String taskState) {
            return tasks.getOrDefault(taskState, 0);
        }
    }

    /**
     * Counters since the start of the job, summed over the subtasks; times in ms.
     *
     * @param readComplete whether every subtask has reported: until then a counter is too low, and often 0
     */
    record Counters(
            @JsonProperty("read-records") OptionalDouble readRecords,
            @JsonProperty("read-records-complete") boolean readComplete,
            @JsonProperty("write-records") OptionalDouble writeRecords,
            @JsonProperty("write-records-complete") boolean writeComplete,
            @JsonProperty("accumulated-busy-time") OptionalDouble busy,
            @JsonProperty("accumulated-idle-time") OptionalDouble idle,
            @JsonProperty("accumulated-backpressured-time") OptionalDouble backPressured) {}

    /** @param nodes missing while Flink prepares a restart of the job (seen on 1.20.5) */
    record Plan(Optional<List<Node>> nodes) {}

    record Node(@JsonProperty(required = true) String id, Optional<List<Input>> inputs) {}

    record Input(
            @JsonProperty(required = true) String id,
            @JsonProperty("ship_strategy") Optional<String> shipStrategy) {}
}
