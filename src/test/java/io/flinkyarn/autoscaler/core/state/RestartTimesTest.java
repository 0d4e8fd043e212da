package io.flinkyarn.autoscaler.core.state;

import static io.flinkyarn.autoscaler.core.testing.Given.START;
import static io.flinkyarn.autoscaler.core.testing.Given.id;
import static io.flinkyarn.autoscaler.core.testing.Given.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartTimesTest {

    private static final ScalingPolicy POLICY = policy(
            "restart.time",
            "5 min",
            "restart.time-tracking.enabled",
            "true",
            "restart.time-tracking.limit",
            "10 min",
            "history.max.count",
            "2",
            "history.max.age",
            "1 h");

    private static TrackedRestart tracked(int minute, Optional<Duration> took) {
        return new TrackedRestart(START.plus(Duration.ofMinutes(minute)), took);
    }

    private static Duration expected(TrackedRestart... restarts) {
        return new RestartTimes(List.of(restarts)).expected(POLICY.restart());
    }

    @Test
    void theSlowestCounts() {
        assertThat(expected(
                        tracked(0, Optional.of(Duration.ofSeconds(40))),
                        tracked(1, Optional.of(Duration.ofSeconds(30)))))
                .isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void theLimitHolds() {
        assertThat(expected(tracked(0, Optional.of(Duration.ofMinutes(11))))).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void thePolicyCountsUntilOneWasTracked() {
        assertThat(expected()).isEqualTo(Duration.ofMinutes(5));
        assertThat(expected(tracked(0, Optional.empty()))).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void oldOnesGoButTheLatestStays() {
        RestartTimes all = new RestartTimes(
                List.of(tracked(0, Optional.empty()), tracked(1, Optional.empty()), tracked(2, Optional.empty())));

        assertThat(all.within(POLICY.history(), START).tracked()).hasSize(2);
        assertThat(all.within(POLICY.history(), START.plus(Duration.ofHours(9))).tracked())
                .containsExactly(tracked(2, Optional.empty()));
    }

    @Test
    void theHistoryOfAVertexIsCutToCountAndAge() {
        List<PastScaling> changes = List.of(scaling(0), scaling(30), scaling(50));
        RescaleHistory history = new RescaleHistory(Map.of(id("v"), changes));

        assertThat(history.within(POLICY.history(), START.plus(Duration.ofMinutes(50)))
                        .byVertex())
                .containsEntry(id("v"), changes.subList(1, 3));
        assertThat(history.within(POLICY.history(), START.plus(Duration.ofMinutes(100)))
                        .byVertex())
                .containsEntry(id("v"), changes.subList(2, 3));
        assertThat(history.within(POLICY.history(), START.plus(Duration.ofMinutes(111)))
                        .byVertex())
                .isEmpty();
    }

    private static PastScaling scaling(int minute) {
        return new PastScaling(START.plus(Duration.ofMinutes(minute)), 1, 2, 100, 200);
    }
}
