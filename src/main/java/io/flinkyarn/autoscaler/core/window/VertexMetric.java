package io.flinkyarn.autoscaler.core.window;

/**
 * What a row of the metrics window keeps of each vertex. Rows are stored: a new constant goes to the end, which makes stored windows
 * unreadable and lets them be dropped.
 */
public enum VertexMetric {
    /** Busy share of the time in [0, 1], aggregated over the subtasks as the policy says. */
    BUSY_RATIO(0),
    /** Records received since the tasks began. */
    RECORDS_IN(1),
    /** Records sent since the tasks began. */
    RECORDS_OUT(2),
    /** Records/s received, as Flink's own gauge measures them; not of sources. */
    RECORDS_IN_RATE(3),
    /** Records that wait in front of a source. */
    LAG(4),
    /** Records/s that a source was seen to be capable of; +infinity while nothing arrives. */
    OBSERVED_RATE(5),
    /** Accumulated busy time of all subtasks, ms. */
    BUSY_TIME(6),
    /** Running time of the tasks at the moment of the measurement, ms: Flink's own clock. */
    TASK_TIME(7);

    /** How many there are. */
    static final int COUNT = values().length;

    private final int offset;

    VertexMetric(int offset) {
        this.offset = offset;
    }

    /** Where it stands among its like. */
    int offset() {
        return offset;
    }
}
