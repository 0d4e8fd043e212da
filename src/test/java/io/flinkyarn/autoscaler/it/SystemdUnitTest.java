package io.flinkyarn.autoscaler.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The systemd unit in the eyes of systemd itself. Skipped where {@code systemd-analyze} is not installed (Debian: package systemd). */
class SystemdUnitTest {

    private static final String NAME = "flink-yarn-autoscaler.service";
    private static final Path UNIT = Path.of("conf/systemd").resolve(NAME);
    private static final Path INSTALL_PAGE = Path.of("docs/install.md");
    private static final Pattern EXPOSURE = Pattern.compile("Overall exposure level for \\S+: ([\\d.]+)");

    /** Systemd's own scale goes from 0, locked up, to 10, open to everything; a unit that says nothing has 9.6. */
    private static final double MOST_EXPOSED = 2.0;

    @TempDir
    private Path folder;

    @BeforeAll
    static void needSystemd() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "systemd-analyze"))),
                "there is no systemd-analyze on the PATH (Debian: apt-get install systemd), so the unit is not verified");
    }

    /** The unit with a program and a user that exist here. */
    private Path unit(String... more) throws IOException {
        String text = Files.readString(UNIT)
                .replaceAll("(?m)^ExecStart=\\S+", "ExecStart=/bin/true")
                .replaceAll("(?m)^User=.*", "User=daemon");
        return Files.writeString(
                folder.resolve(NAME), text.replace("[Install]", String.join("\n", more) + "\n[Install]"));
    }

    private static String analyze(Object... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("systemd-analyze"));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), UTF_8) + "exit code " + process.waitFor();
    }

    @Test
    void systemdKnowsEverythingInIt() throws Exception {
        assertThat(analyze("verify", unit()).lines())
                .filteredOn(line -> line.contains(NAME) || line.startsWith("exit code"))
                .containsExactly("exit code 0");
    }

    @Test
    void aWordThatSystemdDoesNotKnowWouldBeNoticed() throws Exception {
        assertThat(analyze("verify", unit("NoNewPriviliges=true"))).contains("NoNewPriviliges");
    }

    @Test
    void itLetsTheDaemonDoLittleMoreThanItsWork() throws Exception {
        String security = analyze("security", "--offline=true", unit());
        assumeTrue(!security.contains("unrecognized option"), "this systemd-analyze has no --offline (systemd 250)");
        Matcher exposure = EXPOSURE.matcher(security);
        assertThat(exposure.find()).as(security).isTrue();
        assertThat(Double.parseDouble(exposure.group(1))).as(security).isLessThan(MOST_EXPOSED);
    }

    @Test
    void theInstallPageMakesTheAccountAndTheDirectoriesThatItExpects() throws IOException {
        String page = Files.readString(INSTALL_PAGE);
        List<String> paths = Pattern.compile("(?m)^(?:Environment=\\w+_DIR|ExecStart)=(\\S+)")
                .matcher(Files.readString(UNIT))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(paths).hasSize(5).allSatisfy(path -> assertThat(page).contains(path));
        assertThat(Pattern.compile("(?m)^User=(.*)")
                        .matcher(Files.readString(UNIT))
                        .results())
                .extracting(user -> user.group(1))
                .allSatisfy(user -> assertThat(page).contains("useradd", " " + user + "\n"));
    }
}
