package io.flinkyarn.autoscaler.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Debian package, unpacked as dpkg does it, but into a folder of its own: nothing is installed on this machine. Skipped where there is no {@code dpkg-deb}.
 */
class DebianPackageIT {

    @TempDir
    private static Path root;

    private static Path debian;

    @BeforeAll
    static void unpack() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "dpkg-deb"))),
                "there is no dpkg-deb on the PATH, so the Debian package is not looked into");
        debian = Path.of(System.getProperty("it.debian"));
        assertThat(call("dpkg-deb", "-x", debian.toString(), root.toString())).isEmpty();
        assertThat(call(
                        "dpkg-deb",
                        "-e",
                        debian.toString(),
                        root.resolve("DEBIAN").toString()))
                .isEmpty();
    }

    private static String call(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static List<String> below(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> "/" + root.relativize(file))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theProgramRunsFromWhereItLies() throws Exception {
        Path program = root.resolve("opt/flink-yarn-autoscaler/bin/autoscaler.sh");
        assertThat(call(
                        "env",
                        "AUTOSCALER_CONF_DIR=" + root.resolve("etc/flink-yarn-autoscaler"),
                        program.toString(),
                        "version"))
                .contains(call("dpkg-deb", "-f", debian.toString(), "Version").strip());
        assertThat(Files.readSymbolicLink(root.resolve("opt/flink-yarn-autoscaler/conf")))
                .isEqualTo(Path.of("/etc/flink-yarn-autoscaler"));
    }

    @Test
    void whatAnAdministratorChangesIsKeptByAnUpgrade() throws Exception {
        assertThat(Files.readAllLines(root.resolve("DEBIAN/conffiles"))).hasSameElementsAs(below("etc"));
    }

    @Test
    void theUnitIsTheOneOfTheDistribution() throws Exception {
        assertThat(root.resolve("usr/lib/systemd/system/flink-yarn-autoscaler.service"))
                .hasSameTextualContentAs(Path.of("conf/systemd/flink-yarn-autoscaler.service"));
    }

    @Test
    void javaIsBroughtByTheSystem() throws Exception {
        assertThat(call("dpkg-deb", "-f", debian.toString(), "Depends")).contains("java17-runtime-headless");
    }

    @Test
    void itsScriptsAreShellScripts() throws Exception {
        for (String script :
                List.of("DEBIAN/postinst", "DEBIAN/prerm", "DEBIAN/postrm", "usr/bin/flink-yarn-autoscaler")) {
            assertThat(root.resolve(script)).isExecutable();
            assertThat(call("sh", "-n", root.resolve(script).toString())).isEmpty();
        }
    }
}
