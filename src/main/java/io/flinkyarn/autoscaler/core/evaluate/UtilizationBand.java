package io.flinkyarn.autoscaler.core.evaluate;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Utilization;
import java.util.OptionalDouble;

/**
 * The true processing rates at which a vertex is left alone.
 *
 * @param scaleUpThreshold records/s; below it the vertex is too slow. Empty: unknown
 * @param scaleDownThreshold records/s; above it the vertex is too fast. Empty: unknown
 */
public record UtilizationBand(OptionalDouble scaleUpThreshold, OptionalDouble scaleDownThreshold) {

    /**
     * A band around the target utilization. A job that works on a backlog may be fully busy, and is never too fast.
     *
     * <pre>
     *   scaleUpThreshold   = capacity(u_max)                 backlog: u_max = 1
     *   scaleDownThreshold = capacity(u_min) with restart    backlog: u_min = 0
     * </pre>
     */
    static UtilizationBand of(RequiredCapacity capacity, Utilization utilization, boolean processingBacklog) {
        return new UtilizationBand(
                capacity.withoutRestart(processingBacklog ? 1 : utilization.max()),
                capacity.withRestart(processingBacklog ? 0 : utilization.min()));
    }

    boolean excludes(double trueProcessingRate) {
        return (scaleUpThreshold.isPresent() && trueProcessingRate < scaleUpThreshold.getAsDouble())
                || (scaleDownThreshold.isPresent() && trueProcessingRate > scaleDownThreshold.getAsDouble());
    }
}
