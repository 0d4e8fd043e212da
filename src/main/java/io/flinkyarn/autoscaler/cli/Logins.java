package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.RestLogin;
import io.flinkyarn.autoscaler.control.UnreachableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The logins of all clusters, each for the requests to its own. Any thread may call it. */
final class Logins implements RestLogin {

    private final ConcurrentMap<String, RestLogin> clusters = new ConcurrentHashMap<>();

    void add(String cluster, RestLogin login) {
        clusters.put(cluster, login);
    }

    @Override
    public Map<String, String> headers(RestEndpoint endpoint) throws UnreachableException, InterruptedException {
        return of(endpoint).headers(endpoint);
    }

    @Override
    public boolean answered(RestEndpoint endpoint, int status, Map<String, List<String>> headers) {
        return of(endpoint).answered(endpoint, status, headers);
    }

    private RestLogin of(RestEndpoint endpoint) {
        return clusters.getOrDefault(endpoint.cluster(), RestLogin.NONE);
    }
}
