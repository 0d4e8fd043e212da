package io.flinkyarn.autoscaler.config;

import static io.flinkyarn.autoscaler.config.GivenPolicies.option;
import static io.flinkyarn.autoscaler.config.GivenPolicies.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.policy.PolicyReading.Valid;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tags of a YARN application say, and what is wrong with them. */
class TagOptionsTest {

    private GivenPolicies given;

    @BeforeEach
    void write(@TempDir Path directory) {
        given = GivenPolicies.written(directory, """
                job.autoscaler.enabled: true
                policies:
                  - {name: Night, on-request: true, mode: observe}
                  - {name: day, on-request: true, mode: scale}
                """);
    }

    @Test
    void otherTagsSayNothing() {
        Valid options = given.of(tagged("autoscale", "autoscaler", "autoscaler-mode=off", "team=a", "mode=off"));
        assertThat(options.options()).hasSize(1);
        assertThat(options.named()).isEmpty();
    }

    @Test
    void keysAreTakenWhateverTheirCaseAndValuesAsTheOptionTakesThem() {
        Valid options = given.of(tagged(
                "AutoScaler.Vertex.Max-Parallelism=7",
                "autoscaler.scaling.parallelism-alignment.mode=evenly_spread",
                "autoscaler.excluded.periods=* * 8-18 ? * mon-fri",
                "autoscaler.target.utilization = 0.6"));

        assertThat(option(options, "vertex.max-parallelism")).isEqualTo("7 by TAG");
        assertThat(option(options, "scaling.parallelism-alignment.mode")).isEqualTo("evenly_spread by TAG");
        assertThat(option(options, "excluded.periods")).isEqualTo("* * 8-18 ? * mon-fri by TAG");
        assertThat(option(options, "utilization.target")).isEqualTo("0.6 by TAG");
    }

    @Test
    void aModeIsShortForTwoOptionsAndWinsOverAPolicyThatIsAskedFor() {
        Valid options = given.of(tagged("autoscaler.mode=observe", "autoscaler.policy=DAY"));
        assertThat(options.named()).containsExactly("day");
        assertThat(option(options, "scaling.enabled")).isEqualTo("false by TAG");
        assertThat(given.of(tagged("autoscaler.mode=off")).policy().enabled()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "autoscaler.enabled | YARN tag autoscaler.enabled: expected autoscaler.<option>=<value>, autoscaler.mode=<mode> or autoscaler.policy=<name>",
                "autoscaler.mode= | YARN tag autoscaler.mode=: expected autoscaler.<option>=<value>, autoscaler.mode=<mode> or autoscaler.policy=<name>",
                "autoscaler.mode=obsrve | YARN tag autoscaler.mode=obsrve: expected one of OBSERVE, OFF, SCALE",
                "autoscaler.vertex.max-paralelism=4 | YARN tag autoscaler.vertex.max-paralelism=4: there is no such option. The nearest is autoscaler.vertex.max-parallelism",
                "autoscaler.vertex.max-parallelism=4 to 8 | job.autoscaler.vertex.max-parallelism = '4 to 8' (YARN tag autoscaler.vertex.max-parallelism=4 to 8): expected a whole number of at most 2147483647",
                "autoscaler.vertex.max-parallelism=0 | job.autoscaler.vertex.max-parallelism = '0' (YARN tag autoscaler.vertex.max-parallelism=0): expected a value at least 1",
                "autoscaler.policy=weekend | YARN tag autoscaler.policy=weekend: there is no policy of this name; there are Night, day",
                "autoscaler.excluded.time-zone=europe/berlin | YARN tag autoscaler.excluded.time-zone=europe/berlin: YARN keeps tags in lower case, and the case matters here: set job.autoscaler.excluded.time-zone in the Flink configuration of the job instead",
                "autoscaler.vertex.exclude.names=sink: * | YARN tag autoscaler.vertex.exclude.names=sink: *: YARN keeps tags in lower case, and the case matters here: set job.autoscaler.vertex.exclude.names in the Flink configuration of the job instead"
            })
    void aWrongTagIsAProblemOfTheJobAndSaysWhatWasExpected(String tag, String problem) {
        assertThat(given.problemsOf(tagged("team-a", tag))).containsExactly(problem);
    }

    @Test
    void tagsThatContradictEachOtherHaveNoOrder() {
        assertThat(given.problemsOf(tagged("autoscaler.mode=observe", "autoscaler.mode=off")))
                .containsExactly("job.autoscaler.enabled = 'false' (YARN tag autoscaler.mode=off):"
                        + " YARN tag autoscaler.mode=observe sets it, too; remove one of the tags");
        assertThat(given.problemsOf(tagged("autoscaler.scaling.enabled=true", "autoscaler.mode=observe")))
                .singleElement()
                .asString()
                .contains("job.autoscaler.scaling.enabled", "YARN tag autoscaler.mode=observe sets it, too");
        assertThat(given.problemsOf(tagged("autoscaler.policy=day", "autoscaler.policy=night")))
                .containsExactly("YARN tag autoscaler.policy=night: another tag asks for policy day; remove one");
    }
}
