package io.flinkyarn.autoscaler.simulation;

import java.util.List;

/**
 * What is wrong with the metrics of a job. The dice are seeded: the same faults in every run.
 *
 * @param noise the largest deviation of a gauge, as a share of its value; counters are exact, as they are in Flink
 * @param repeated share of the answers that repeat the measurement before
 * @param incomplete share of the answers in which not every subtask has reported
 * @param gaps when a metric does not exist
 */
record MetricFaults(double noise, double repeated, double incomplete, List<Gap> gaps, long seed) {

    static final MetricFaults NONE = new MetricFaults(0, 0, 0, List.of(), 0);

    /** A metric that a vertex does not report between two moments. */
    record Gap(Missing metric, int vertex, long from, long to) {}

    /** Which metric does not exist. */
    enum Missing {
        BUSY_TIME,
        PENDING_RECORDS
    }

    MetricFaults {
        gaps = List.copyOf(gaps);
    }

    static MetricFaults noise(double spread, long seed) {
        return new MetricFaults(spread, 0, 0, List.of(), seed);
    }

    boolean isMissing(Missing metric, int vertex, long second) {
        return gaps.stream()
                .anyMatch(gap ->
                        gap.metric() == metric && gap.vertex() == vertex && second >= gap.from() && second < gap.to());
    }
}
