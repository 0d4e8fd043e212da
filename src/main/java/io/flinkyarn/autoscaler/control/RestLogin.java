package io.flinkyarn.autoscaler.control;

import java.util.List;
import java.util.Map;

/**
 * What lets a request through to a Flink cluster: a Kerberos ticket, a cookie. Asked by the adapter to Flink's REST API around every request;
 * any thread may call it.
 */
public interface RestLogin {

    /** Where nobody asks who comes. */
    RestLogin NONE = new RestLogin() {
        @Override
        public Map<String, String> headers(RestEndpoint endpoint) {
            return Map.of();
        }

        @Override
        public boolean answered(RestEndpoint endpoint, int status, Map<String, List<String>> headers) {
            return false;
        }
    };

    /**
     * Headers of the next request.
     *
     * @throws UnreachableException if the login itself fails
     */
    Map<String, String> headers(RestEndpoint endpoint) throws UnreachableException, InterruptedException;

    /**
     * Shows the answer, so that cookies can be kept and a worn-out one dropped.
     *
     * @param headers with lower-case names
     * @return whether the same request, made once more with new headers, may succeed
     */
    boolean answered(RestEndpoint endpoint, int status, Map<String, List<String>> headers);
}
