package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.control.RequestLog.Way;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.UnreachableException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The addresses at which an application may be asked, in the order in which they are tried: the way by which it answered last comes first. Whoever
 * asks several applications at once shares one; any thread may call it.
 */
final class Addresses {

    /** For so long no further application is tried directly first: the network between is the same for all, and a firewall costs a time-out. */
    private static final Duration LESSON = Duration.ofMinutes(10);

    private final String cluster;
    private final Approach approach;
    private volatile Instant directAgain = Instant.MIN;

    Addresses(String cluster, Approach approach) {
        this.cluster = cluster;
        this.approach = approach;
    }

    /** @param answered by which way it did the last time */
    List<RestEndpoint> of(RunningApplication application, Optional<Way> answered, Instant now)
            throws UnreachableException {
        if (!approach.direct()) {
            return List.of(proxied(application));
        }
        RestEndpoint direct = new RestEndpoint(cluster, TrackingUrl.original(application), Way.DIRECT);
        if (!approach.proxied()) {
            return List.of(direct);
        }
        Way first = answered.orElse(now.isBefore(directAgain) ? Way.PROXY : Way.DIRECT);
        return List.of(direct, proxied(application)).stream()
                .sorted(Comparator.comparing(address -> address.way() != first))
                .toList();
    }

    /** Nobody has answered there, or somebody who is not Flink. */
    void unanswered(RestEndpoint address, Instant now) {
        if (!address.isProxied()) {
            directAgain = now.plus(LESSON);
        }
    }

    private RestEndpoint proxied(RunningApplication application) throws UnreachableException {
        URI reported = TrackingUrl.proxied(application);
        return new RestEndpoint(cluster, approach.behindProxy(reported, application.id()), Way.PROXY);
    }
}
