package io.flinkyarn.autoscaler.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.RestEndpoint;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private static final RestEndpoint BLUE = endpoint("blue", "http://a:8081/");

    private final InFlight inFlight = new InFlight(cluster -> 1);

    @Test
    void whoFindsNoPlaceInTimeIsSentAway() throws Exception {
        assertThat(inFlight.enter(BLUE, Duration.ZERO)).isTrue();
        assertThat(inFlight.enter(BLUE, Duration.ofMillis(1))).isFalse();
    }

    @Test
    void aPlaceThatIsLeftCanBeTaken() throws Exception {
        assertThat(inFlight.enter(BLUE, Duration.ZERO)).isTrue();
        inFlight.leave(BLUE);
        assertThat(inFlight.enter(BLUE, Duration.ZERO)).isTrue();
    }

    @Test
    void everyClusterHasItsOwnPlaces() throws Exception {
        assertThat(inFlight.enter(BLUE, Duration.ZERO)).isTrue();
        assertThat(inFlight.enter(endpoint("green", "http://a:8081/"), Duration.ZERO))
                .isTrue();
    }

    @Test
    void allThatIsReachedDirectlySharesThePlacesOfItsCluster() throws Exception {
        assertThat(inFlight.enter(BLUE, Duration.ZERO)).isTrue();
        assertThat(inFlight.enter(endpoint("blue", "http://b:8081/"), Duration.ZERO))
                .isFalse();
    }

    @Test
    void theProxyOfAResourceManagerThatHangsTakesNoPlaceFromThatOfTheOther() throws Exception {
        assertThat(inFlight.enter(endpoint("blue", "http://rm1:8088/proxy/application_1_0001/"), Duration.ZERO))
                .isTrue();
        assertThat(inFlight.enter(endpoint("blue", "http://rm1:8088/proxy/application_1_0002/"), Duration.ZERO))
                .isFalse();
        assertThat(inFlight.enter(endpoint("blue", "http://rm2:8088/proxy/application_1_0001/"), Duration.ZERO))
                .isTrue();
    }

    private static RestEndpoint endpoint(String cluster, String address) {
        return new RestEndpoint(cluster, URI.create(address));
    }
}
