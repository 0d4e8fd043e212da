package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.control.RequestLog.Way;
import java.net.URI;

/**
 * Where a Flink cluster answers. Made by the job list fetchers; requests to endpoints of the same cluster share one bound on what is in
 * flight.
 *
 * @param cluster name of the cluster whose bound, deadline and login apply
 * @param base address below which Flink's REST paths stand, ends with a slash
 * @param way whether YARN's web proxy, or a gateway before it, stands between us and Flink
 */
public record RestEndpoint(String cluster, URI base, Way way) {

    public RestEndpoint {
        if (!base.getPath().endsWith("/")) {
            base = URI.create(base + "/");
        }
    }

    /** An address that shows itself whether it is one of YARN's web proxy: these are {@code /proxy/<application id>/}. */
    public RestEndpoint(String cluster, URI base) {
        this(cluster, base, base.getPath().contains("/proxy/") ? Way.PROXY : Way.DIRECT);
    }

    public boolean isProxied() {
        return way == Way.PROXY;
    }
}
