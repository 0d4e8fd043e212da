package io.flinkyarn.autoscaler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationTest {

    @ParameterizedTest
    @ValueSource(strings = {"PT30S", "PT1M", "PT5M", "PT1H", "P1D"})
    void a_window_is_full_and_a_decision_taken_before_the_time_is_over(String text) {
        Duration duration = Duration.parse(text);
        Observation observation = Observation.of(duration, Duration.ofSeconds(30));

        Duration lastSample = observation
                .interval()
                .multipliedBy(3)
                .plus(observation.stabilization())
                .plus(observation.window());
        assertThat(lastSample).isLessThan(duration);
        assertThat(observation.window())
                .isGreaterThanOrEqualTo(duration.multipliedBy(7).dividedBy(10));
        assertThat(observation.interval()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void whatever_a_job_says_it_is_watched_and_never_rescaled(String said) {
        Map<String, String> over = Observation.of(Duration.ofMinutes(5), Duration.ofSeconds(30))
                .over(Map.of("job.autoscaler.enabled", said, "job.autoscaler.scaling.enabled", said, "other", "kept"));

        assertThat(over)
                .containsEntry("job.autoscaler.enabled", "true")
                .containsEntry("job.autoscaler.scaling.enabled", "false")
                .containsEntry("other", "kept");
    }
}
