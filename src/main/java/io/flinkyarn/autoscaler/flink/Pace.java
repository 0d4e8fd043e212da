package io.flinkyarn.autoscaler.flink;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToIntFunction;

/**
 * How many requests a second each cluster gets, on average: a token bucket per cluster, which holds what comes in within a second. Any thread may call it.
 */
final class Pace {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ToIntFunction<String> perSecond;
    private final ConcurrentMap<String, Bucket> clusters = new ConcurrentHashMap<>();

    /** @param perSecond by the name of the cluster */
    Pace(ToIntFunction<String> perSecond) {
        this.perSecond = perSecond;
    }

    /** Waits until the next request may go; false, and at once, if that would take longer than the patience. */
    boolean await(String cluster, Duration patience) throws InterruptedException {
        return of(cluster).asBlocking().tryConsume(1, patience);
    }

    private Bucket of(String cluster) {
        return clusters.computeIfAbsent(cluster, name -> {
            int rate = perSecond.applyAsInt(name);
            return Bucket.builder()
                    .addLimit(limit -> limit.capacity(rate).refillGreedy(rate, SECOND))
                    .build();
        });
    }
}
