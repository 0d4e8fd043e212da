package io.flinkyarn.autoscaler.it.demo;

import java.time.Duration;
import java.util.Locale;

/**
 * A load, and the parallelism that it needs by arithmetic that can be checked by hand:
 *
 * <pre>
 *   expected = ⌈ rate · cost ÷ utilization target ⌉
 * </pre>
 *
 * Nothing is added for a backlog, as the demo sets {@code catch-up.duration} to 0. Nor does alignment change anything at
 * loads that need 1, 2, 4 or 8 subtasks: they divide the 128 key groups.
 *
 * @param recordsPerSecond what arrives
 * @param cost how long one subtask is busy with one record
 * @param target the share of its time that a subtask should be busy
 */
record Load(double recordsPerSecond, Duration cost, double target) {

    int expectedParallelism() {
        return (int) Math.ceil(busySubtasks() / target);
    }

    /** Within one subtask: Flink measures over a window, and rates are never exact. */
    boolean isMetBy(int parallelism) {
        return Math.abs(parallelism - expectedParallelism()) <= 1;
    }

    /** The arithmetic, for people. */
    String explained() {
        return String.format(
                Locale.ROOT,
                "⌈ %.0f records/s × %.3f s ÷ %.1f ⌉ = ⌈ %.2f ⌉ = %d",
                recordsPerSecond,
                seconds(),
                target,
                busySubtasks() / target,
                expectedParallelism());
    }

    private double busySubtasks() {
        return recordsPerSecond * seconds();
    }

    private double seconds() {
        return cost.toNanos() / 1e9;
    }
}
