package io.flinkyarn.autoscaler.core.window;

import java.time.Instant;

/** A metrics window that has not noticed that counters fell: the original's. */
public final class UnbrokenWindow {

    private UnbrokenWindow() {}

    /** @param oldest time of the first sample that counts */
    public static MetricsWindow of(MetricsWindow window, Instant oldest) {
        return new MetricsWindow(
                window.vertices(),
                window.rows().stream()
                        .filter(row -> !row.at().isBefore(oldest))
                        .map(row -> row.with(JobMetric.COUNTERS_FELL, 0))
                        .toList());
    }
}
