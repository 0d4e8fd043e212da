package io.flinkyarn.autoscaler.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.config.Receiver.Kind;
import io.flinkyarn.autoscaler.config.Receiver.MailSecurity;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiverReaderTest {

    @TempDir
    private Path directory;

    private ConfigurationReading read(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("autoscaler.yaml"), yaml);
        return ConfigurationReader.read(file, Map.of("HADOOP_CONF_DIR", "/etc/hadoop/conf"), List.of(), ZoneOffset.UTC);
    }

    private List<String> problems(String yaml) throws IOException {
        return read(yaml)
                .match(
                        valid -> List.of(),
                        invalid -> invalid.problems().stream()
                                .map(Problem::message)
                                .toList());
    }

    @Test
    void theExamplesOfThePageAreReceivers() throws IOException {
        String page = Files.readString(Path.of("docs/notifications.md"));
        String yaml = page.substring(page.indexOf("```yaml\n") + 8);
        ConfigurationReading reading = read(yaml.substring(0, yaml.indexOf("```")));

        assertThat(reading).isInstanceOf(ConfigurationReading.Valid.class);
        List<Receiver> receivers =
                ((ConfigurationReading.Valid) reading).process().receivers();
        assertThat(receivers).extracting(Receiver::kind).containsExactly(Kind.SLACK, Kind.DINGTALK, Kind.MAIL);
        Receiver.MailOptions mail = receivers.get(2).mail().orElseThrow();
        assertThat(mail.security()).isEqualTo(MailSecurity.STARTTLS);
        assertThat(mail.password().file()).isEqualTo(Optional.of(Path.of("/etc/autoscaler/smtp-password")));
        assertThat(receivers.get(1).policies()).containsExactly("payments");
    }

    @Test
    void allThatIsWrongIsNamedAtOnce() throws IOException {
        assertThat(problems("""
                        receivers:
                          - name: a
                            type: SLACK
                          - name: b
                            type: MAIL
                            url-file: /x
                            policies: [nobody]
                          - type: PIGEON
                        """))
                .anyMatch(problem -> problem.contains("receivers[0].url-file") && problem.contains("it is a secret"))
                .anyMatch(problem -> problem.contains("receivers[1].url-file") && problem.contains("expected nothing"))
                .anyMatch(problem -> problem.contains("receivers[1].mail.host"))
                .anyMatch(problem -> problem.contains("receivers[1].policies"))
                .anyMatch(problem -> problem.contains("receivers[2].name"))
                .anyMatch(problem -> problem.contains("PIGEON"));
    }

    @Test
    void anAddressInTheFileItselfIsAnUnknownOption() throws IOException {
        assertThat(problems("""
                        receivers:
                          - name: a
                            type: SLACK
                            url: https://hooks.example.com/services/s3cr3t
                        """))
                .anyMatch(problem -> problem.contains("url"))
                .noneMatch(problem -> problem.contains("s3cr3t"));
    }
}
