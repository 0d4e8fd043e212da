package io.flinkyarn.autoscaler.core.window;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.VertexSample;

/**
 * The true processing rate of a source as it can be measured at one moment: while it catches up it reads as fast as it can, and what
 * back pressure keeps it from reading is added.
 */
final class ObservedRate {

    /** Over which Flink's gauges divide what was counted, though the tasks may have run for less: until then they are too low, in ms. */
    private static final double SPAN_OF_GAUGES = 60_000;

    private ObservedRate() {}

    /**
     * Records/s; +infinity where nothing arrives, NaN where it cannot be told.
     *
     * <pre>
     *   λ_in / (1 − backPressured)             while lag ≥ threshold · λ_in, and the tasks run for a minute at least
     *   mean of the values measured before     otherwise
     * </pre>
     *
     * @param before the window without this sample
     */
    static double of(
            VertexSample source, double lag, int vertex, MetricsWindow before, ScalingPolicy.ObservedRate policy) {
        if (RowReader.amount(source.taskTime()) < SPAN_OF_GAUGES) {
            return before.average(vertex, VertexMetric.OBSERVED_RATE, policy.minObservations());
        }
        double rate = RowReader.amount(source.sourceRecordsInRate());
        if (rate == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double backPressured = RowReader.amount(source.backPressuredRatio());
        boolean catchingUp = lag >= policy.lagThreshold().toMillis() / 1000.0 * rate;
        if (catchingUp && backPressured < 1) {
            return rate / (1 - backPressured);
        }
        return before.average(vertex, VertexMetric.OBSERVED_RATE, policy.minObservations());
    }
}
