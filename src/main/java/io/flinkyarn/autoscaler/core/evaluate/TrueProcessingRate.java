package io.flinkyarn.autoscaler.core.evaluate;

import io.flinkyarn.autoscaler.core.policy.BusyTimeAggregator;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import io.flinkyarn.autoscaler.core.window.VertexMetric;

/**
 * What a vertex could process if it were always busy, which a running job rarely shows.
 *
 * @param value records/s; +infinity: it receives nothing; NaN: unknown
 */
record TrueProcessingRate(double value, Estimator estimator) {

    /**
     * Of the two estimates, the one from busy time counts unless it is not known or is too good to be true:
     *
     * <pre>
     *   λ_true = λ_observed      where λ_busy is NaN or ∞, or λ_busy > λ_observed · (1 + switch)
     *            λ_busy          otherwise
     * </pre>
     */
    static TrueProcessingRate of(
            MetricsWindow window, int vertex, double busyRatio, double inRate, boolean source, ScalingPolicy policy) {
        double busy = fromBusyTime(window, vertex, busyRatio, inRate, source, policy);
        double observed = source
                ? window.average(
                        vertex,
                        VertexMetric.OBSERVED_RATE,
                        policy.observedRate().minObservations())
                : Double.NaN;
        boolean preferObserved = !Double.isFinite(busy)
                || busy > observed * (1 + policy.observedRate().switchThreshold());
        if (preferObserved && !Double.isNaN(observed)) {
            return new TrueProcessingRate(observed, Estimator.OBSERVED);
        }
        return new TrueProcessingRate(busy, Double.isNaN(busy) ? Estimator.UNKNOWN : Estimator.BUSY_TIME);
    }

    /**
     * <pre>
     *   λ_busy = λ_in / busy      ∞ where nothing comes in
     * </pre>
     *
     * Input and busy time are estimated in the same way: both from counters, or both as means of a gauge. Sources have only counters.
     */
    private static double fromBusyTime(
            MetricsWindow window, int vertex, double busyRatio, double inRate, boolean source, ScalingPolicy policy) {
        double rate = inRate;
        if (!source && policy.observation().busyTimeAggregator() != BusyTimeAggregator.AVG) {
            double gauge = window.average(vertex, VertexMetric.RECORDS_IN_RATE);
            rate = Double.isFinite(gauge) ? gauge : inRate;
        }
        return rate == 0 ? Double.POSITIVE_INFINITY : rate / busyRatio;
    }
}
