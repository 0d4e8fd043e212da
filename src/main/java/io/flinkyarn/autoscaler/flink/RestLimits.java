package io.flinkyarn.autoscaler.flink;

import java.time.Duration;

/**
 * What a request may cost. Made from the configuration, read by {@link FlinkRest}.
 *
 * @param timeout from sending a request to the last byte of its answer; the wait for a free place among those in flight may take as long again
 * @param inFlight requests to one cluster at the same time. Few are better: through the web proxy of YARN 16 were slower than 4
 * @param perSecond requests through the web proxy of a ResourceManager, on average; those of one second may come at once
 * @param answerBytes largest answer that is read
 */
public record RestLimits(Duration timeout, int inFlight, int perSecond, int answerBytes) {

    public static final RestLimits DEFAULT = new RestLimits(Duration.ofSeconds(10), 4, 200, 16 << 20);

    public RestLimits {
        if (timeout.isNegative() || timeout.isZero() || inFlight < 1 || perSecond < 1 || answerBytes < 1) {
            throw new IllegalArgumentException("limits of REST requests must be positive, got timeout " + timeout
                    + ", in flight " + inFlight + ", per second " + perSecond + ", answer bytes " + answerBytes);
        }
    }

    public RestLimits withTimeout(Duration newTimeout) {
        return new RestLimits(newTimeout, inFlight, perSecond, answerBytes);
    }

    public RestLimits withInFlight(int newInFlight) {
        return new RestLimits(timeout, newInFlight, perSecond, answerBytes);
    }

    public RestLimits withPerSecond(int newPerSecond) {
        return new RestLimits(timeout, inFlight, newPerSecond, answerBytes);
    }
}
