package io.flinkyarn.autoscaler.core.decide;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.state.PastScaling;
import java.util.List;

/** How well a vertex scales, learnt from what it could process before each of its past rescales. */
final class Scalability {

    private static final double LINEAR = 1;

    private Scalability() {}

    /**
     * The coefficient in (0, 1]; 1: linear, or not known.
     *
     * <pre>
     *   R_i = α · β · P_i      least squares: α = Σ P_i·R_i / (β · Σ P_i²)      in [α_min, 1], rounded up to two decimals
     *   β = R/P of the latest decision at P = 1, or else at the smallest P
     * </pre>
     *
     * @param history of the vertex, oldest first
     */
    static double coefficient(List<PastScaling> history, ScalingPolicy.Scalability policy) {
        if (!policy.enabled() || history.size() < policy.minObservations()) {
            return LINEAR;
        }
        double baseline = baseline(history);
        double products = 0;
        double squares = 0;
        for (PastScaling past : history) {
            products += past.from() * past.trueProcessingRate();
            squares += (double) past.from() * past.from();
        }
        double alpha = products / (baseline * squares);
        if (!Double.isFinite(alpha)) {
            return LINEAR;
        }
        double clamped = Math.min(LINEAR, Math.max(policy.coefficientMin(), alpha));
        return Math.ceil(clamped * 100) / 100;
    }

    private static double baseline(List<PastScaling> history) {
        PastScaling base = history.get(0);
        for (PastScaling past : history) {
            if (past.from() <= base.from()) {
                base = past;
            }
        }
        return base.trueProcessingRate() / base.from();
    }
}
