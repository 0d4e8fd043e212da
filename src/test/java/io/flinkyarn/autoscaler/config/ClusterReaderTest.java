package io.flinkyarn.autoscaler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.flinkyarn.autoscaler.config.ProcessConfiguration.Applications;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Cluster;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.FlinkCluster;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Rest;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Yarn;
import io.flinkyarn.autoscaler.core.policy.NamePattern;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterReaderTest {

    @TempDir
    private Path directory;

    @Test
    void anEntryIsAYarnClusterOrAFlinkCluster() throws Exception {
        assertThat(clusters("""
                clusters:
                  - name: production
                    hadoop-conf-dir: /etc/hadoop/production
                    list-interval: 1 min
                    max-requests: 8
                    max-requests-per-second: 50
                    rest-timeout: 3 s
                    timeout: 20 s
                    tags:
                      any-of: [autoscale, scale]
                      all-of: [team-a]
                      none-of: [test]
                    queues: [root.streaming]
                    users: alice;bob
                    names: ['orders*']
                    applications.included: [application_1_0001]
                    applications.excluded: [application_1_0002]
                  - name: sessions
                    host: flink.example.com
                job.autoscaler.flink.rest-client.timeout: 7 s
                """))
                .containsExactly(
                        new Yarn(
                                Optional.of("production"),
                                Duration.ofMinutes(1),
                                new Rest(8, 50, Duration.ofSeconds(3)),
                                Path.of("/etc/hadoop/production"),
                                Duration.ofSeconds(20),
                                new Applications(
                                        Set.of("Apache Flink"),
                                        Set.of("autoscale", "scale"),
                                        Set.of("team-a"),
                                        Set.of("test"),
                                        Set.of("root.streaming"),
                                        Set.of("alice", "bob"),
                                        List.of(new NamePattern("orders*")),
                                        Set.of("application_1_0001"),
                                        Set.of("application_1_0002")),
                                ClusterAccess.DEFAULT),
                        new FlinkCluster(
                                Optional.of("sessions"),
                                Duration.ofSeconds(30),
                                new Rest(4, 200, Duration.ofSeconds(7)),
                                "flink.example.com",
                                8081,
                                ClusterAccess.DEFAULT));
    }

    @Test
    void everythingThatIsWrongIsNamedWithItsEntryAndLine() throws Exception {
        assertThat(problems("""
                clusters:
                  - name: one
                    hadoop-conf-dir: /etc/hadoop/one
                    port: 8081
                  - name: two words
                    host: jm
                    tags.any-of: [a]
                  - hadoop-conf-dir: /etc/hadoop/three
                    application-type: a
                  - name: four
                  - name: one
                    host: jm
                    max-requests: 0
                  - name: one
                    host: jm
                autoscaler.standalone.fetcher.yarn.tags: [a]
                """))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("clusters[0].port = '8081' (")
                        .contains("line 4")
                        .contains("only for the other kind of cluster"))
                .anySatisfy(line -> assertThat(line).startsWith("clusters[1].name = 'two words' ("))
                .anySatisfy(line -> assertThat(line).startsWith("clusters[1].tags.any-of = 'a' ("))
                .anySatisfy(line -> assertThat(line).startsWith("clusters[2].name: expected a name of its own"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("clusters[2].application-type (")
                        .contains("there is no such option. The nearest is clusters[].application-types"))
                .anySatisfy(line -> assertThat(line).startsWith("clusters[3].hadoop-conf-dir: expected either it"))
                .anySatisfy(line -> assertThat(line).startsWith("clusters[4].max-requests = '0' ("))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("clusters[5].name = 'one' (")
                        .contains("a name that no other cluster has"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("autoscaler.standalone.fetcher.yarn.tags = 'a' (")
                        .contains("move it there"));
    }

    @Test
    void aListOfClustersHoldsMappingsAndOtherListsHoldNone() throws Exception {
        assertThat(problems("clusters: [production]"))
                .singleElement()
                .asString()
                .contains("clusters (")
                .contains("there is no such option");
        assertThat(problems("clusters: [{name: a, host: b}, c]"))
                .singleElement()
                .asString()
                .contains("clusters: expected mappings only");
        assertThat(problems("job.autoscaler.vertex.exclude.ids: [{name: a}]"))
                .singleElement()
                .asString()
                .contains("expected a list of plain values");
    }

    @Test
    void whatIsSetOfAClusterIsShownWithItsOrigin() throws Exception {
        Path file = write("clusters: [{name: a, host: jm}]");
        List<String> shown = read(file)
                .<List<String>>match(
                        valid -> valid.effective().stream()
                                .filter(option -> option.key().startsWith("clusters"))
                                .map(option -> option.key() + "=" + option.value() + " " + option.origin())
                                .toList(),
                        invalid -> fail("refused: " + invalid.problems()));
        assertThat(shown)
                .containsExactly("clusters[0].name=a " + file + ", line 1", "clusters[0].host=jm " + file + ", line 1");
    }

    private List<Cluster> clusters(String yaml) throws IOException {
        return read(write(yaml))
                .match(valid -> valid.process().clusters(), invalid -> fail("refused: " + invalid.problems()));
    }

    private List<String> problems(String yaml) throws IOException {
        return read(write(yaml))
                .match(
                        valid -> fail("accepted"),
                        invalid -> invalid.problems().stream()
                                .map(Problem::message)
                                .toList());
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("autoscaler.yaml"), yaml);
    }

    private static ConfigurationReading read(Path file) {
        return ConfigurationReader.read(file, Map.of("HADOOP_CONF_DIR", "/c"), List.of(), ZoneOffset.UTC);
    }
}
