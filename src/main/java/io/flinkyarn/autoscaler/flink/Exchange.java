package io.flinkyarn.autoscaler.flink;

import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.flink.Route.RestPath;
import java.net.URI;

/**
 * One request as it is sent, and how it is called in messages.
 *
 * @param body empty for a GET
 */
record Exchange(String method, RestEndpoint endpoint, RestPath path, String query, String body) {

    /**
     * Longest URL that is sent, in bytes. Flink refuses a request line above 4096; the rest is room for method, version and what a proxy
     * encodes once more.
     */
    static final int MAX_URL = 4000;

    static Exchange get(RestEndpoint endpoint, RestPath path, String query) {
        return new Exchange("GET", endpoint, path, query, "");
    }

    static Exchange put(RestEndpoint endpoint, RestPath path, String body) {
        return new Exchange("PUT", endpoint, path, "", body);
    }

    URI uri() {
        String address = endpoint.base() + path.text();
        return URI.create(query.isEmpty() ? address : address + "?" + query);
    }

    /** For messages: without the query, which is long and tells nobody anything. */
    String name() {
        return method + " " + endpoint.base() + path.text();
    }
}
