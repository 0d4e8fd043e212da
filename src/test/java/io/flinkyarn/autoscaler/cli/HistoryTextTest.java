package io.flinkyarn.autoscaler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.jdbc.RescaleHistory.Change;
import io.flinkyarn.autoscaler.jdbc.RescaleHistory.Rescale;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class HistoryTextTest {

    @Test
    void a_rescale_is_a_line_per_vertex_with_what_came_of_it() {
        Change change = new Change(
                FakeFlink.MAP.hex(),
                "work",
                1,
                4,
                OptionalDouble.of(99.84),
                OptionalDouble.of(250),
                OptionalDouble.of(399),
                OptionalDouble.empty(),
                "too slow");
        Rescale rescale = new Rescale(
                FakeFlink.context(1).key(),
                "orders",
                Instant.parse("2026-05-04T12:00:00Z"),
                Phase.RUNNING,
                Optional.empty(),
                Optional.of(Duration.ofSeconds(11)),
                List.of(change));
        assertThat(HistoryText.lines(List.of(rescale), ZoneOffset.UTC))
                .containsExactly(
                        "decided              job     vertex  from  to  true rate/s  target/s  outcome             reason",
                        "2026-05-04 12:00:00  orders  work    1     4   99.8         250.0     running after 11 s  too slow");
    }

    @Test
    void no_rescale_is_said_in_words() {
        assertThat(HistoryText.lines(List.of(), ZoneOffset.UTC)).containsExactly("No rescale so far");
    }
}
