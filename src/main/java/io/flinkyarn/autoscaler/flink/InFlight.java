package io.flinkyarn.autoscaler.flink;

import io.flinkyarn.autoscaler.control.RestEndpoint;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/**
 * The places that each cluster has for requests at the same time, first come first served. Each of its web proxies has its own: that of a
 * ResourceManager whose host is down takes none from the one that is active now. Any thread may call it.
 */
final class InFlight {

    private final ToIntFunction<String> places;
    private final ConcurrentMap<Side, Semaphore> sides = new ConcurrentHashMap<>();

    /** @param proxy host and port; empty for all that is reached without one */
    private record Side(String cluster, String proxy) {

        static Side of(RestEndpoint endpoint) {
            return new Side(
                    endpoint.cluster(), endpoint.isProxied() ? endpoint.base().getAuthority() : "");
        }
    }

    /** @param places by the name of the cluster */
    InFlight(ToIntFunction<String> places) {
        this.places = places;
    }

    /** Waits for a place; false if none came free in time. Whoever got one calls {@link #leave}. */
    boolean enter(RestEndpoint endpoint, Duration patience) throws InterruptedException {
        return of(endpoint).tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    void leave(RestEndpoint endpoint) {
        of(endpoint).release();
    }

    private Semaphore of(RestEndpoint endpoint) {
        return sides.computeIfAbsent(Side.of(endpoint), side -> new Semaphore(places.applyAsInt(side.cluster()), true));
    }
}
