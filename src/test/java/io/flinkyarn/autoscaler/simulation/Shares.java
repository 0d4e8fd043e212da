package io.flinkyarn.autoscaler.simulation;

import java.util.Arrays;

/**
 * How the records of a vertex fall on its subtasks. A vertex is as fast as the subtask with the largest share lets it be: the buffers in front
 * of that one are full, and hold up all the others.
 */
@FunctionalInterface
interface Shares {

    /**
     * @param largest share of all records that the busiest subtask gets, in (0, 1]
     * @param smallest share that the idlest one gets, in [0, 1]
     */
    record Spread(double largest, double smallest) {}

    Spread over(int parallelism);

    /** Records are handed round. */
    static Shares even() {
        return parallelism -> new Spread(1.0 / parallelism, 1.0 / parallelism);
    }

    /** Partitions, or key groups, that all carry the same. */
    static Shares equal(int groups) {
        return withHottest(groups, 1.0 / groups);
    }

    /**
     * Key groups of which the first carries more than the others.
     *
     * @param hottest share of all records that it carries
     */
    static Shares withHottest(int groups, double hottest) {
        double[] weights = new double[groups];
        Arrays.fill(weights, (1 - hottest) / (groups - 1));
        weights[0] = hottest;
        return parallelism -> deal(weights, parallelism);
    }

    /** In ranges, as Flink deals out key groups: group g of n belongs to subtask ⌊g·p/n⌋. */
    private static Spread deal(double[] weights, int parallelism) {
        double[] sums = new double[parallelism];
        for (int group = 0; group < weights.length; group++) {
            sums[(int) ((long) group * parallelism / weights.length)] += weights[group];
        }
        return new Spread(
                Arrays.stream(sums).max().orElseThrow(),
                Arrays.stream(sums).min().orElseThrow());
    }
}
