package io.flinkyarn.autoscaler.simulation;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a vertex is like, whatever it runs at.
 *
 * @param load what arrives at it from outside, records/s; only a source has one
 * @param speed factor on its service rate, for a system behind it that is slow for a while
 */
record VertexModel(
        String name,
        ServiceRate service,
        Shares shares,
        int maxParallelism,
        OptionalInt partitions,
        Optional<Curve> load,
        Curve speed) {

    private static final int KEY_GROUPS = 128;

    static VertexModel source(String name, double perSubtask, int partitions, Curve load) {
        return new VertexModel(
                name,
                ServiceRate.linear(perSubtask),
                Shares.equal(partitions),
                KEY_GROUPS,
                OptionalInt.of(partitions),
                Optional.of(load),
                Curve.constant(1));
    }

    /** Any subtask can take any record. */
    static VertexModel rebalanced(String name, double perSubtask) {
        return new VertexModel(
                name,
                ServiceRate.linear(perSubtask),
                Shares.even(),
                KEY_GROUPS,
                OptionalInt.empty(),
                Optional.empty(),
                Curve.constant(1));
    }

    /** A record belongs to the subtask that holds its key group. */
    static VertexModel keyed(String name, double perSubtask) {
        return rebalanced(name, perSubtask).with(Shares.equal(KEY_GROUPS));
    }

    VertexModel with(ServiceRate other) {
        return new VertexModel(name, other, shares, maxParallelism, partitions, load, speed);
    }

    VertexModel with(Shares other) {
        return new VertexModel(name, service, other, maxParallelism, partitions, load, speed);
    }

    VertexModel withSpeed(Curve other) {
        return new VertexModel(name, service, shares, maxParallelism, partitions, load, other);
    }

    /** The highest parallelism that is of any use. */
    int mostSubtasks() {
        return Math.min(maxParallelism, partitions.orElse(maxParallelism));
    }

    /** Records/s that it can process at full speed: as many as the busiest subtask lets through. */
    double capacity(int parallelism) {
        return service.ofSubtask(parallelism) / shares.over(parallelism).largest();
    }
}
