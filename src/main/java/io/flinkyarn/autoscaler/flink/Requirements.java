package io.flinkyarn.autoscaler.flink;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a vertex is to have, in {@code /jobs/:job/resource-requirements}: an object with one of these per vertex id. */
record Requirements(@JsonProperty(required = true) Bounds parallelism) {

    /** The adaptive scheduler runs at the upper bound if there are slots for it, and not at all below the lower one. */
    record Bounds(
            @JsonProperty(required = true) int lowerBound,
            @JsonProperty(required = true) int upperBound) {}

    /**
     * The same vertex at another parallelism. A lower bound that a user has set stays: it says below which parallelism the job is of no
     * use. Where the new parallelism lies below it, the bound comes down with it, since Flink refuses a lower bound above the upper one.
     */
    Requirements withParallelism(int newParallelism) {
        return new Requirements(new Bounds(Math.min(parallelism.lowerBound(), newParallelism), newParallelism));
    }
}
