package io.flinkyarn.autoscaler.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who comes in where other hosts reach the server, too. */
class GateTest {

    private static final List<String> JOBS = List.of("api", "v1", "jobs");

    private final InetAddress elsewhere = InetAddress.getByAddress(new byte[] {10, 0, 0, 7});
    private final Gate gate = new Gate(elsewhere, Credentials.ofToken("of a test"));

    GateTest() throws UnknownHostException {}

    @Test
    void whoHasNoTokenReadsNothingOfAnyJob() {
        assertThat(status("GET", JOBS, Map.of())).contains(401);
        assertThat(status("GET", List.of("metrics"), Map.of())).contains(401);
        assertThat(status("GET", JOBS, Map.of("authorization", "Bearer of another")))
                .contains(401);
    }

    @Test
    void whoHasTheTokenReads() {
        assertThat(status("GET", JOBS, Map.of("authorization", "bearer of a test")))
                .isEmpty();
    }

    @Test
    void aLoadBalancerAsksForHealthWithoutAToken() {
        assertThat(status("GET", List.of("-", "healthy"), Map.of())).isEmpty();
        assertThat(status("HEAD", List.of("-", "ready"), Map.of())).isEmpty();
        assertThat(status("GET", List.of("-", "healthy", ""), Map.of())).contains(401);
    }

    @Test
    void aBrowserGetsThePageThatAsksForTheToken() {
        assertThat(status("GET", List.of(""), Map.of())).isEmpty();
        assertThat(status("GET", List.of("js", "main.js"), Map.of())).isEmpty();
        assertThat(status("GET", List.of("metrics"), Map.of())).contains(401);
        assertThat(status("GET", List.of("api", "v1", "jobs", "a", "b", "c.json"), Map.of()))
                .contains(401);
        assertThat(status("POST", List.of(""), Map.of())).contains(401);
    }

    @Test
    void theTokenDoesNotHelpAPageOfAnotherSite() {
        Map<String, String> fromElsewhere = Map.of(
                "authorization", "Bearer of a test", "host", "edge.example:8099", "origin", "https://evil.example");
        assertThat(status("POST", JOBS, fromElsewhere)).contains(403);
        Map<String, String> fromNowhere =
                Map.of("authorization", "Bearer of a test", "host", "edge.example:8099", "origin", "null");
        assertThat(status("POST", JOBS, fromNowhere)).contains(403);
        Map<String, String> fromHere = Map.of(
                "authorization",
                "Bearer of a test",
                "host",
                "edge.example:8099",
                "origin",
                "https://edge.example:8099");
        assertThat(status("POST", JOBS, fromHere)).isEmpty();
    }

    @Test
    void aPageOfAnotherSiteIsKnownByWhatTheBrowserSaysOfItToo() {
        Map<String, String> crossSite =
                Map.of("authorization", "Bearer of a test", "host", "edge.example", "sec-fetch-site", "cross-site");
        assertThat(status("POST", JOBS, crossSite)).contains(403);
        Map<String, String> sameOrigin =
                Map.of("authorization", "Bearer of a test", "host", "edge.example", "sec-fetch-site", "same-origin");
        assertThat(status("POST", JOBS, sameOrigin)).isEmpty();
    }

    @Test
    void whoeverAsksTooOftenIsTurnedAwayButNotTheLoadBalancer() {
        Map<String, String> token = Map.of("authorization", "Bearer of a test");
        boolean refused = false;
        for (int i = 0; i < 10_000 && !refused; i++) {
            refused = status("GET", JOBS, token).equals(Optional.of(429));
        }
        assertThat(refused).isTrue();
        assertThat(status("GET", List.of("-", "healthy"), Map.of())).isEmpty();
    }

    private Optional<Integer> status(String method, List<String> path, Map<String, String> headers) {
        Request request = new Request(method, path, Map.of(), headers, elsewhere, "", Optional.empty());
        return Optional.of(
                        gate.pass(request, come -> Answer.text(Answer.OK, "in")).status())
                .filter(status -> status != Answer.OK);
    }
}
