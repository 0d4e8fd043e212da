package io.flinkyarn.autoscaler.core.decide;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Limits;

/**
 * By how much the capacity of a vertex has to change.
 *
 * @param raw before any limit; finite or +infinity
 * @param limited what may be done at once
 */
record ScaleFactor(double raw, double limited) {

    /** A product this close to a whole number is that number: what is left over is noise of the arithmetic, in relation to it. */
    private static final double NOISE = 1e-9;

    /**
     * <pre>
     *   s = capacity(u_target) / (α · λ_true)      in [1 − maxDown, 1 + maxUp]; 0 where λ_true = ∞
     * </pre>
     *
     * @param scalability α: how much of a linear gain a further subtask brings
     */
    static ScaleFactor of(double requiredCapacity, double trueProcessingRate, double scalability, Limits limits) {
        double raw = Double.isInfinite(trueProcessingRate) ? 0 : requiredCapacity / trueProcessingRate / scalability;
        double limited = Math.min(1 + limits.scaleUpMaxFactor(), Math.max(1 - limits.scaleDownMaxFactor(), raw));
        return new ScaleFactor(raw, limited);
    }

    /** {@code ⌈s · p⌉}, at most the largest int. */
    static int apply(double factor, int parallelism) {
        return (int) Math.ceil(factor * parallelism * (1 - NOISE));
    }

    Limit limit() {
        if (limited == raw) {
            return Limit.NONE;
        }
        return limited < raw ? Limit.SCALE_UP_MAX_FACTOR : Limit.SCALE_DOWN_MAX_FACTOR;
    }
}
