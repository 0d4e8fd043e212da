package io.flinkyarn.autoscaler.flink;

import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.UnreachableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Sees to it that a sample is a measurement of now. The JobManager fetches metrics from its tasks only when somebody asks for metrics and the
 * last fetch is older than its update interval; that request itself, and those right behind it, are still answered with the old values. So
 * a job that is looked at once a minute would always be seen as it was a minute ago, and the answers of one cycle could come from both
 * sides of the fetch. One request that is thrown away, and a second of patience, make all answers of the cycle fresh and of one moment.
 *
 * <pre>
 *   warm          settled                        update interval over
 *    |--- 1 s -----|  sample, sample of another job …  |  warm …
 * </pre>
 *
 * Jobs of one Flink cluster share the JobManager, and so the warming. Any thread may call it.
 */
final class Freshness {

    /** What the JobManager needs to ask its TaskManagers. */
    static final Duration SETTLING = Duration.ofSeconds(1);
    /** What a sample may take: it must not run into the next fetch. */
    private static final Duration SAMPLING = Duration.ofSeconds(1);

    /** The JobManager fetches when its interval is over, not at the moment when it ends. */
    private static final Duration SLACK = Duration.ofMillis(20);

    /** More can only be asked for by a clock that was set back. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Clock clock;
    private final Pause pause;
    /** When the last warming was answered: the JobManager began its fetch before that. */
    private final ConcurrentMap<RestEndpoint, Instant> warmed = new ConcurrentHashMap<>();

    Freshness(Clock clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Returns when a sample may be taken.
     *
     * @param updateInterval of the JobManager, {@code metrics.fetcher.update-interval}
     */
    void await(RestEndpoint endpoint, Duration updateInterval, Warming warming)
            throws UnreachableException, InterruptedException {
        Instant now = clock.instant();
        Instant last = warmed.getOrDefault(endpoint, Instant.EPOCH);
        Instant nextFetch = last.plus(updateInterval);
        if (now.isBefore(nextFetch.minus(SAMPLING))) {
            pauseUntil(last.plus(SETTLING));
            return;
        }
        pauseUntil(nextFetch.plus(SLACK));
        warming.run();
        Instant end = clock.instant();
        warmed.put(endpoint, end);
        pauseUntil(end.plus(SETTLING));
    }

    private void pauseUntil(Instant then) throws InterruptedException {
        Duration left = Duration.between(clock.instant(), then);
        if (left.compareTo(Duration.ZERO) > 0) {
            pause.wait(left.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : left);
        }
    }

    void forget(RestEndpoint endpoint) {
        warmed.remove(endpoint);
    }

    /** Any request for metrics. */
    @FunctionalInterface
    interface Warming {
        void run() throws UnreachableException, InterruptedException;
    }
}
