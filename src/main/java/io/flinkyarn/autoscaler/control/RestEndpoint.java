package io.flinkyarn.autoscaler.control;

import java.net.URI;

/**
 * Where a Flink cluster answers. Made by the job list fetchers; requests to endpoints of the same cluster share one bound on what is in
 * flight.
 *
 * @param cluster name of the cluster whose bound, deadline and login apply
 * @param base address below which Flink's REST paths stand, ends with a slash
 */
public record RestEndpoint(String cluster, URI base) {

    public RestEndpoint {
        if (!base.getPath().endsWith("/")) {
            base = URI.create(base + "/");
        }
    }
}
