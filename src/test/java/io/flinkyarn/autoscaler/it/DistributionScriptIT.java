package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as a person gets it: unpacked. */
class DistributionScriptIT {
    /** Jars that a client of the ResourceManager does not need; the class path of the tests has most of them. */
    private static final String UNWANTED =
            "(reload4j|slf4j-reload4j|log4j-1|commons-logging|guava|protobuf-java|netty|zookeeper|curator|jersey|guice|kerb|"
                    + "jetty-server|javax.servlet|bcprov|hadoop-hdfs|hadoop-yarn-server|hadoop-minicluster|flink-(core|runtime)|"
                    + "junit|assertj|archunit|jmh).*";

    @TempDir
    static Path unpacked;

    private static Path home;

    @BeforeAll
    static void unpack() throws Exception {
        String archive = System.getProperty("it.distribution", "not set");
        assertThat(Path.of(archive)).as("the system property it.distribution").exists();
        Process tar = new ProcessBuilder("tar", "-xzf", archive, "-C", unpacked.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        home = only(unpacked);
    }

    @Test
    void itHasOneFolderWithAllThatIsNeeded() {
        assertThat(home.getFileName().toString()).matches("flink-yarn-autoscaler-[0-9.]+");
        assertThat(home.resolve("bin/autoscaler.sh")).isExecutable();
        assertThat(List.of(
                        "README.md",
                        "LICENSE",
                        "conf/autoscaler-env.sh",
                        "conf/logback.xml",
                        "conf/systemd/flink-yarn-autoscaler.service"))
                .allSatisfy(file -> assertThat(home.resolve(file)).isNotEmptyFile());
    }

    @Test
    void itsLibrariesAreThoseOfAClientAndNoMore() throws Exception {
        List<Path> jars = list(home.resolve("lib"));
        assertThat(jars).hasSizeBetween(40, 60);
        assertThat(jars).extracting(jar -> jar.getFileName().toString()).noneMatch(name -> name.matches(UNWANTED));
    }

    private static Path only(Path directory) throws IOException {
        List<Path> entries = list(directory);
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }
}
