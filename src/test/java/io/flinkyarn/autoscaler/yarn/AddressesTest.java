package io.flinkyarn.autoscaler.yarn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkyarn.autoscaler.control.RequestLog.Way;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.UnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final RunningApplication APPLICATION =
            Applications.at("http://rm:8088/proxy/" + Applications.id(1) + "/", "http://worker7:37189", 1);
    private static final String PROXIED = "http://rm:8088/proxy/" + Applications.id(1) + "/";
    private static final String DIRECT = "http://worker7:37189/";

    @Test
    void aProxiedClusterIsReachedAtTheTrackingUrlOnly() throws Exception {
        assertThat(tried(addresses(false, true), Optional.empty(), NOW)).containsExactly(PROXIED);
    }

    @Test
    void aDirectClusterIsReachedAtTheOriginalUrlOnly() throws Exception {
        assertThat(tried(addresses(true, false), Optional.empty(), NOW)).containsExactly(DIRECT);
    }

    @Test
    void whereBothWaysAreOpenTheDirectOneIsTriedFirst() throws Exception {
        assertThat(tried(addresses(true, true), Optional.empty(), NOW)).containsExactly(DIRECT, PROXIED);
    }

    @Test
    void theWayByWhichAnApplicationAnsweredLastIsTriedFirst() throws Exception {
        assertThat(tried(addresses(true, true), Optional.of(Way.PROXY), NOW)).containsExactly(PROXIED, DIRECT);
    }

    @Test
    void whereOneApplicationWasTriedDirectlyInVainTheOthersAreTriedThroughTheProxyFirstForAWhile() throws Exception {
        Addresses addresses = addresses(true, true);
        addresses.unanswered(addresses.of(APPLICATION, Optional.empty(), NOW).get(0), NOW);

        assertThat(tried(addresses, Optional.empty(), NOW.plusSeconds(599))).containsExactly(PROXIED, DIRECT);
        assertThat(tried(addresses, Optional.of(Way.DIRECT), NOW)).containsExactly(DIRECT, PROXIED);
        assertThat(tried(addresses, Optional.empty(), NOW.plus(Duration.ofMinutes(10))))
                .containsExactly(DIRECT, PROXIED);
    }

    @Test
    void aBaseUrlTakesThePlaceOfTheAddressThatYarnReports() throws Exception {
        assertThat(based("https://gateway:8443/gateway/default/yarn/{path}"))
                .isEqualTo("https://gateway:8443/gateway/default/yarn/proxy/" + Applications.id(1) + "/");
        assertThat(based("https://gateway:8443/flink/{application}"))
                .isEqualTo("https://gateway:8443/flink/" + Applications.id(1) + "/");
    }

    @Test
    void anAddressOfAGatewayCountsAsProxiedWhateverItsPath() throws Exception {
        Addresses addresses =
                new Addresses("prod", new Approach(false, true, Optional.of("https://gateway/{application}")));

        assertThat(addresses.of(APPLICATION, Optional.empty(), NOW))
                .extracting(RestEndpoint::isProxied)
                .containsExactly(true);
    }

    @Test
    void anApplicationWithoutAnAddressIsNotReachedThroughAGatewayEither() {
        Addresses addresses =
                new Addresses("prod", new Approach(false, true, Optional.of("https://gateway/{application}")));
        RunningApplication starting = Applications.at(PROXIED, RunningApplication.NOT_AVAILABLE, 1);

        assertThatThrownBy(() -> addresses.of(starting, Optional.empty(), NOW))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("it is starting, or between two attempts");
    }

    @Test
    void anOriginalUrlThatNobodyCanUseIsNamedWithItsRemedy() {
        RunningApplication odd = Applications.at(PROXIED, "worker7:37189", 1);

        assertThatThrownBy(() -> addresses(true, false).of(odd, Optional.empty(), NOW))
                .hasMessageContaining("(worker7:37189)")
                .hasMessageContaining("access.mode");
    }

    private static String based(String template) throws UnreachableException {
        return tried(new Addresses("prod", new Approach(false, true, Optional.of(template))), Optional.empty(), NOW)
                .get(0);
    }

    private static Addresses addresses(boolean direct, boolean proxied) {
        return new Addresses("prod", new Approach(direct, proxied, Optional.empty()));
    }

    private static List<String> tried(Addresses addresses, Optional<Way> answered, Instant now)
            throws UnreachableException {
        return addresses.of(APPLICATION, answered, now).stream()
                .map(address -> address.base().toString())
                .toList();
    }
}
