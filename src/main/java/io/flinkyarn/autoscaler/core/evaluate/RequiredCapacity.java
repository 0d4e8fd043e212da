package io.flinkyarn.autoscaler.core.evaluate;

import java.util.OptionalDouble;

/**
 * What a vertex must be able to process, at a given utilization. Made by the evaluation; the utilization band and the scale factor are both
 * computed from it.
 *
 * @param targetRate records/s; NaN: unknown
 * @param catchUpRate records/s; NaN: unknown
 * @param restartRate records/s that pile up during a restart and are worked off within the catch-up duration; NaN: unknown
 */
public record RequiredCapacity(double targetRate, double catchUpRate, double restartRate) {

    /**
     * @param restartSeconds how long a rescale takes
     * @param catchUpSeconds within which what has piled up should be gone; 0: it is ignored
     */
    static RequiredCapacity of(double targetRate, double catchUpRate, double restartSeconds, double catchUpSeconds) {
        double restartRate = catchUpSeconds > 0 ? targetRate * restartSeconds / catchUpSeconds : 0;
        return new RequiredCapacity(targetRate, catchUpRate, restartRate);
    }

    /** Records/s at utilization {@code u}, with the work that a restart would pile up. Empty where a rate is unknown. */
    public OptionalDouble withRestart(double u) {
        return Known.of(at(u) + restartRate);
    }

    /** Records/s at utilization {@code u}. Empty where a rate is unknown. */
    public OptionalDouble withoutRestart(double u) {
        return Known.of(at(u));
    }

    /**
     * <pre>
     *   capacity(u) = λ_catchUp [+ λ_target · t_restart / t_catchUp] + λ_target / u      u in [0, 1]; u = 0: +∞
     * </pre>
     *
     * DS2 (Kalavri et al., OSDI 2018) sizes for λ_target alone; the head-room 1/u and the catch-up terms are FLIP-271's.
     */
    private double at(double u) {
        double utilization = Math.min(1, Math.max(0, u));
        double sustained = utilization == 0 ? Double.POSITIVE_INFINITY : targetRate / utilization;
        return catchUpRate + sustained;
    }
}
