package io.flinkyarn.autoscaler.flink;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** The places that each cluster has for requests at the same time, first come first served. Any thread may call it. */
final class InFlight {

    private final ToIntFunction<String> places;
    private final ConcurrentMap<String, Semaphore> clusters = new ConcurrentHashMap<>();

    /** @param places by the name of the cluster */
    InFlight(ToIntFunction<String> places) {
        this.places = places;
    }

    /** Waits for a place; false if none came free in time. Whoever got one calls {@link #leave}. */
    boolean enter(String cluster, Duration patience) throws InterruptedException {
        return of(cluster).tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    void leave(String cluster) {
        of(cluster).release();
    }

    private Semaphore of(String cluster) {
        return clusters.computeIfAbsent(cluster, name -> new Semaphore(places.applyAsInt(name), true));
    }
}
