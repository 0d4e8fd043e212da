package io.flinkyarn.autoscaler.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private final InFlight inFlight = new InFlight(cluster -> 1);

    @Test
    void whoFindsNoPlaceInTimeIsSentAway() throws Exception {
        assertThat(inFlight.enter("blue", Duration.ZERO)).isTrue();
        assertThat(inFlight.enter("blue", Duration.ofMillis(1))).isFalse();
    }

    @Test
    void aPlaceThatIsLeftCanBeTaken() throws Exception {
        assertThat(inFlight.enter("blue", Duration.ZERO)).isTrue();
        inFlight.leave("blue");
        assertThat(inFlight.enter("blue", Duration.ZERO)).isTrue();
    }

    @Test
    void everyClusterHasItsOwnPlaces() throws Exception {
        assertThat(inFlight.enter("blue", Duration.ZERO)).isTrue();
        assertThat(inFlight.enter("green", Duration.ZERO)).isTrue();
    }
}
