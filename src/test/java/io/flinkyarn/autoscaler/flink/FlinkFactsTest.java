package io.flinkyarn.autoscaler.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.JobFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkFactsTest {

    @ParameterizedTest
    @ValueSource(strings = {"1.20.5", "2.2.1", "2.3.0", Recorded.MEASURED})
    void aJobUnderTheAdaptiveSchedulerCanBeRescaled(String version) {
        JobFacts facts = FlinkFacts.of(Recorded.flink(version, "01-config", Features.class), Map.of());

        assertThat(facts.rescalable()).isTrue();
        assertThat(FlinkFacts.canRescale(facts, Recorded.job(version))).isTrue();
        assertThat(version).startsWith(facts.flinkVersion());
    }

    @Test
    void aJobUnderTheDefaultSchedulerCannot() {
        Features features = Recorded.flink("2.3.0-default-scheduler", "01-config", Features.class);

        assertThat(FlinkFacts.of(features, Map.of()).rescalable()).isFalse();
    }

    @Test
    void theSchedulerOfTheJobItselfHasTheLastWord() {
        JobFacts cluster = new JobFacts("2.3.0", true, Map.of());

        assertThat(FlinkFacts.canRescale(cluster, Recorded.job("2.3.0-default-scheduler")))
                .isFalse();
    }

    @Test
    void aBatchJobCannotBeRescaled() {
        JobDetails batch = new JobDetails(
                "RUNNING",
                Optional.of("BATCH"),
                Optional.empty(),
                Map.of(),
                List.of(),
                new JobDetails.Plan(Optional.of(List.of())));

        assertThat(FlinkFacts.canRescale(new JobFacts("1.20.5", true, Map.of()), batch))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1.17.2, false",
        "1.18.0, true",
        "1.20-SNAPSHOT, true",
        "1.19.1-amzn-0, true",
        "2.0.0, true",
        "0.9, false",
        "<unknown>, false"
    })
    void rescalingNeedsFlink118(String version, boolean rescalable) {
        Features features = new Features(version, Optional.of(new Features.Switches(true)));

        assertThat(FlinkFacts.of(features, Map.of()).rescalable()).isEqualTo(rescalable);
    }

    @ParameterizedTest
    @CsvSource({"Adaptive, true", "adaptive, true", "default, false", "AdaptiveBatch, false"})
    void aSchedulerThatIsConfiguredMustBeTheAdaptiveOne(String scheduler, boolean rescalable) {
        Features features = new Features("1.20.5", Optional.of(new Features.Switches(true)));

        assertThat(FlinkFacts.of(features, Map.of("jobmanager.scheduler", scheduler))
                        .rescalable())
                .isEqualTo(rescalable);
    }

    @ParameterizedTest
    @CsvSource({
        "5000, 5000",
        "5 s, 5000",
        "5s, 5000",
        "1 min, 60000",
        "250ms, 250",
        "soon, 10000",
        "5 fortnights, 10000"
    })
    void readsTheUpdateIntervalAsFlinkDoes(String text, long millis) {
        JobFacts facts = new JobFacts("1.20.5", true, Map.of("metrics.fetcher.update-interval", text));

        assertThat(FlinkFacts.metricsUpdateInterval(facts)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void withoutAnUpdateIntervalItIsTenSeconds() {
        assertThat(FlinkFacts.metricsUpdateInterval(new JobFacts("1.20.5", true, Map.of())))
                .isEqualTo(Duration.ofSeconds(10));
    }
}
