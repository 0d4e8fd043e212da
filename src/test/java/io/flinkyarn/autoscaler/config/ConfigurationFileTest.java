package io.flinkyarn.autoscaler.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("autoscaler.yaml");
    }

    @Test
    void keysMayBeNestedFlatOrMixedAndKeepTheirLine() throws IOException {
        Written written = read("""
                # a comment
                job.autoscaler.enabled: true
                job:
                  autoscaler:
                    metrics.window: 3 min
                    utilization:
                      target: 0.8
                autoscaler.standalone:
                  control-loop:
                    interval: 5000
                """);

        assertThat(written.problems()).isEmpty();
        assertThat(written.layer().byKey()).hasSize(4);
        assertThat(setting(written, "job.autoscaler.enabled")).isEqualTo("true (line 2)");
        assertThat(setting(written, "job.autoscaler.metrics.window")).isEqualTo("3 min (line 5)");
        assertThat(setting(written, "job.autoscaler.utilization.target")).isEqualTo("0.8 (line 7)");
        assertThat(setting(written, "autoscaler.standalone.control-loop.interval"))
                .isEqualTo("5000 (line 10)");
    }

    @Test
    void listsMayBeWrittenInBothFormsOfYaml() throws IOException {
        Written written = read("""
                job.autoscaler.vertex.exclude.ids: [00000000000000000000000000000001, "a;b"]
                job.autoscaler.excluded.periods:
                  - 8:00-9:00
                  - '* * * ? * 2'
                """);

        assertThat(setting(written, "job.autoscaler.vertex.exclude.ids"))
                .isEqualTo("00000000000000000000000000000001;'a;b' (line 1)");
        assertThat(setting(written, "job.autoscaler.excluded.periods")).isEqualTo("8:00-9:00;* * * ? * 2 (line 2)");
    }

    @Test
    void aFileThatIsNotThereOrEmptySaysNothing() throws IOException {
        assertThat(ConfigurationFile.read(file).layer().byKey()).isEmpty();
        assertThat(read("").problems()).isEmpty();
        assertThat(read("# nothing\n").problems()).isEmpty();
    }

    @Test
    void aKeyThatIsSetTwiceIsAnErrorWithBothLines() throws IOException {
        assertThat(messageOf(read("""
                job.autoscaler.enabled: true
                job:
                  autoscaler:
                    enabled: false
                """)))
                .isEqualTo(
                        "job.autoscaler.enabled = 'false' (%s, line 4): it is set twice, first to 'true' (%s, line 1);"
                                + " remove one",
                        file, file);
    }

    @Test
    void anUnknownKeyIsAnErrorWithItsLineAndTheNearestKey() throws IOException {
        assertThat(messageOf(read("\nautoscaler.standalone.control-lop.interval: 5 s")))
                .isEqualTo(
                        "autoscaler.standalone.control-lop.interval (%s, line 2): there is no such option. The nearest is"
                                + " autoscaler.standalone.control-loop.interval",
                        file);
        assertThat(messageOf(read("jbo.autoscaler.enabled: true"))).contains("nearest is job.autoscaler.enabled");
    }

    @Test
    void aKeyWithoutAValueIsAnError() throws IOException {
        assertThat(messageOf(read("job.autoscaler.enabled:\n"))).contains("line 1): it has no value");
    }

    @Test
    void aListOfMoreThanPlainValuesIsAnError() throws IOException {
        assertThat(messageOf(read("job.autoscaler.vertex.exclude.ids: [a, [b, {c: d}]]\njob.autoscaler.enabled: true")))
                .contains("line 1", "expected a list of plain values");
    }

    @Test
    void whatIsNoYamlIsAnErrorWithItsLineAndAHint() throws IOException {
        assertThat(messageOf(read("job.autoscaler.enabled: true\njob.autoscaler.excluded.periods: * * 3 * * ?\n")))
                .contains(file + ", line 2: this is no YAML", "needs quotes")
                .doesNotContain("\n");
        assertThat(messageOf(read("job.autoscaler.enabled: b: c"))).contains("line 1: this is no YAML");
        assertThat(messageOf(read("just text"))).contains("line 1: expected lines such as");
    }

    @Test
    void aFileThatCannotBeReadIsAnError() throws IOException {
        Files.createDirectory(file);

        assertThat(messageOf(ConfigurationFile.read(file))).startsWith(file + ": cannot be read");
    }

    private Written read(String text) throws IOException {
        return ConfigurationFile.read(Files.writeString(file, text));
    }

    private static String setting(Written written, String key) {
        Setting setting = Optional.ofNullable(written.layer().byKey().get(key)).orElseThrow();
        return setting.text() + " (" + setting.origin().toString().replaceFirst(".*, ", "") + ")";
    }

    private static String messageOf(Written written) {
        assertThat(written.problems()).hasSize(1);
        Problem problem = written.problems().get(0);
        return problem.message();
    }
}
