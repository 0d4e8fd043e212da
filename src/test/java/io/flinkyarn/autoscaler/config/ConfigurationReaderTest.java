package io.flinkyarn.autoscaler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.flinkyarn.autoscaler.config.ConfigurationReading.EffectiveOption;
import io.flinkyarn.autoscaler.config.ConfigurationReading.Valid;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Applications;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Cluster;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.EventSink;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.FlinkCluster;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Jdbc;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Password;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Rest;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.StoreType;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Yarn;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationReaderTest {

    private static final Map<String, String> HADOOP = Map.of("HADOOP_CONF_DIR", "/etc/hadoop/conf");
    private static final String INTERVAL = "autoscaler.standalone.control-loop.interval";

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("autoscaler.yaml");
    }

    @Test
    void aDaemonThatIsToldNothingButTheClusterHasTheDefaultsOfTheSpecification() {
        ProcessConfiguration process = valid(HADOOP).process();

        assertThat(process)
                .isEqualTo(new ProcessConfiguration(
                        new ProcessConfiguration.Loop(Duration.ofSeconds(10), 100),
                        List.of(new Yarn(
                                Optional.empty(),
                                Duration.ofSeconds(30),
                                new Rest(4, 200, Duration.ofSeconds(10)),
                                Path.of("/etc/hadoop/conf"),
                                Duration.ofSeconds(30),
                                Applications.of(List.of("Apache Flink")),
                                ClusterAccess.DEFAULT)),
                        StoreType.JDBC,
                        Set.of(EventSink.LOGGING, EventSink.JDBC),
                        new Jdbc(
                                Optional.empty(),
                                Path.of("data"),
                                Optional.empty(),
                                new Password(
                                        Optional.of("JDBC_PWD"),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(Path.of("/etc/hadoop/conf"))),
                                true,
                                Duration.ofDays(90),
                                Duration.ZERO),
                        Duration.ofHours(1),
                        new ProcessConfiguration.Series(5000, 300),
                        List.of(),
                        Optional.of(new ProcessConfiguration.Web(
                                "127.0.0.1",
                                8099,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Optional.empty()))));
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverTheFileAndThatOverTheDefault() throws IOException {
        Map<String, String> environment =
                Map.of("HADOOP_CONF_DIR", "/etc/hadoop/conf", "AUTOSCALER_STANDALONE_CONTROL_LOOP_INTERVAL", "3 s");

        assertThat(intervalIn(valid(HADOOP))).isEqualTo("10 s (default)");
        Files.writeString(file, INTERVAL + ": 2 s\n");
        assertThat(intervalIn(valid(HADOOP))).isEqualTo("2 s (" + file + ", line 1)");
        assertThat(intervalIn(valid(environment)))
                .isEqualTo("3 s (environment variable AUTOSCALER_STANDALONE_CONTROL_LOOP_INTERVAL)");
        assertThat(intervalIn(valid(environment, "--" + INTERVAL, "4 s"))).isEqualTo("4 s (command line)");
        assertThat(intervalIn(valid(environment, "--scalingInterval=5 s"))).isEqualTo("5 s (command line)");
        assertThat(valid(environment, "--scalingInterval=5 s").process().loop().interval())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void optionsOfJobsAreDefaultsForAllJobsAndAJobWins() throws IOException {
        Files.writeString(file, "job.autoscaler: {enabled: true, metrics.window: 3 min}\n");

        PolicyReader policies = valid(
                        Map.of("HADOOP_CONF_DIR", "/c", "KUBERNETES_OPERATOR_JOB_AUTOSCALER_SCALING_ENABLED", "false"))
                .policies();
        ScalingPolicy policy = policies.read(Map.of("job.autoscaler.metrics.window", "7 min"))
                .<ScalingPolicy>match(valid -> valid.policy(), invalid -> fail("refused: " + invalid.problems()));

        assertThat(policy.enabled()).isTrue();
        assertThat(policy.scalingEnabled()).isFalse();
        assertThat(policy.observation().window()).isEqualTo(Duration.ofMinutes(7));
    }

    @Test
    void flinksOwnFlagsLeadToOneFlinkCluster() {
        assertThat(valid(Map.of(), "--flinkClusterHost", "jm", "--flinkClusterPort", "8082")
                        .process()
                        .clusters())
                .containsExactly(new FlinkCluster(
                        Optional.empty(),
                        Duration.ofSeconds(30),
                        new Rest(4, 200, Duration.ofSeconds(10)),
                        "jm",
                        8082,
                        ClusterAccess.DEFAULT));
    }

    @Test
    void yarnIsTheDefaultWhereBothOrNoneOfTheFetchersIsMentioned() {
        String host = "--autoscaler.standalone.fetcher.flink-cluster.host=jm";
        String tags = "--autoscaler.standalone.fetcher.yarn.tags=a;b";

        assertThat(onlyCluster(valid(HADOOP))).isInstanceOf(Yarn.class);
        assertThat(onlyCluster(valid(HADOOP, host))).isInstanceOf(FlinkCluster.class);
        assertThat(onlyCluster(valid(HADOOP, host, tags)))
                .isInstanceOfSatisfying(
                        Yarn.class,
                        yarn -> assertThat(yarn.applications().anyTag()).containsExactlyInAnyOrder("a", "b"));
        assertThat(onlyCluster(valid(HADOOP, host, tags, "--autoscaler.standalone.fetcher.type", "flink_cluster")))
                .isInstanceOf(FlinkCluster.class);
    }

    @Test
    void yarnNeedsToBeToldWhereTheConfigurationOfHadoopIs() {
        assertThat(problems(Map.of()))
                .singleElement()
                .asString()
                .startsWith("autoscaler.standalone.fetcher.yarn.hadoop-conf-dir is not set: expected the directory")
                .contains("HADOOP_CONF_DIR", "fetcher.flink-cluster.host");
        assertThat(onlyCluster(valid(HADOOP, "--autoscaler.standalone.fetcher.yarn.hadoop-conf-dir", "/other")))
                .isInstanceOfSatisfying(
                        Yarn.class, yarn -> assertThat(yarn.hadoopConfDir()).isEqualTo(Path.of("/other")));
    }

    private static Cluster onlyCluster(ConfigurationReading.Valid reading) {
        assertThat(reading.process().clusters()).hasSize(1);
        return reading.process().clusters().get(0);
    }

    @Test
    void theEmbeddedDatabaseLiesInTheDataDirectory() {
        assertThat(valid(Map.of("HADOOP_CONF_DIR", "/c", "AUTOSCALER_HOME", "/opt/a"))
                        .process()
                        .jdbc()
                        .dataDirectory())
                .isEqualTo(Path.of("/opt/a/data"));
        assertThat(valid(Map.of("HADOOP_CONF_DIR", "/c", "AUTOSCALER_HOME", "/opt/a", "AUTOSCALER_DATA_DIR", "/var/a"))
                        .process()
                        .jdbc()
                        .dataDirectory())
                .isEqualTo(Path.of("/var/a"));
    }

    @Test
    void variablesThatAreNoOptionsAreLeftAloneAndEmptyOnesAreNotSet() {
        valid(Map.of(
                "HADOOP_CONF_DIR", "/c",
                "AUTOSCALER_HOME", "/opt/a",
                "AUTOSCALER_OPTS", "-Xmx1g",
                "KUBERNETES_SERVICE_HOST", "10.0.0.1",
                "JOB_AUTOSCALER_ENABLED", "",
                "PATH", "/bin"));
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceOneLineEach() throws IOException {
        Files.writeString(file, """
                autoscaler.standalone.control-loop.interval: often
                autoscaler.standalone.contol-loop.parallelism: 5
                job.autoscaler.utilization.max: 0.3
                """);

        List<String> problems = problems(
                Map.of("JOB_AUTOSCALER_ENABLE", "true", "AUTOSCALER_STANDALONE_STATE_STORE_TYPE", "paper"),
                "--autoscaler.standalone.jdbc.url",
                "mysql://db/x?password=secret",
                "--autoscaler.standalone.fetcher.flink-cluster.port",
                "99999",
                "stray",
                "--job.autoscaler.metrics.window",
                "--flinkClusterHost",
                "jm");

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "'stray' (command line): expected --key value",
                        "job.autoscaler.metrics.window = '' (command line): it has no value; give one, or remove it",
                        "environment variable JOB_AUTOSCALER_ENABLE: there is no such option. The nearest is"
                                + " JOB_AUTOSCALER_ENABLED",
                        "autoscaler.standalone.contol-loop.parallelism (" + file + ", line 2): there is no such option."
                                + " The nearest is autoscaler.standalone.control-loop.parallelism",
                        INTERVAL + " = 'often' (" + file + ", line 1): expected a duration such as 10 s, 5 min, 1 h or"
                                + " PT5M: whole, not negative",
                        "autoscaler.standalone.jdbc.url = 'mysql://db/x?password=***' (command line): expected a value"
                                + " that begins with jdbc:",
                        "autoscaler.standalone.state-store.type = 'paper' (environment variable"
                                + " AUTOSCALER_STANDALONE_STATE_STORE_TYPE): expected one of JDBC, MEMORY",
                        "autoscaler.standalone.fetcher.flink-cluster.port = '99999' (command line): expected a value in"
                                + " [1, 65535]",
                        "job.autoscaler.utilization.max = '0.3' (" + file + ", line 3): expected at least the target,"
                                + " which is 0.7");
    }

    @Test
    void valuesOfTheFetcherThatIsNotUsedAreCheckedToo() {
        assertThat(problems(HADOOP, "--autoscaler.standalone.fetcher.type=YARN", "--flinkClusterPort=x"))
                .singleElement()
                .asString()
                .startsWith("flinkClusterPort = 'x' (command line)");
    }

    @ParameterizedTest
    @MethodSource("io.flinkyarn.autoscaler.testing.SecretUrls#all")
    void noPasswordIsShown(String url) {
        Valid configuration =
                valid(Map.of("HADOOP_CONF_DIR", "/etc/hadoop/conf", "AUTOSCALER_STANDALONE_JDBC_URL", url));

        assertThat(configuration.effective())
                .filteredOn(option -> option.key().equals("autoscaler.standalone.jdbc.url"))
                .singleElement()
                .extracting(EffectiveOption::value)
                .asString()
                .startsWith("jdbc:")
                .doesNotContain("r3t");
        assertThat(configuration.process().toString()).doesNotContain("r3t");
    }

    private Valid valid(Map<String, String> environment, String... arguments) {
        return read(environment, arguments)
                .<Valid>match(valid -> valid, invalid -> fail("refused: " + invalid.problems()));
    }

    private List<String> problems(Map<String, String> environment, String... arguments) {
        return read(environment, arguments)
                .<List<String>>match(
                        valid -> fail("accepted"),
                        invalid -> invalid.problems().stream()
                                .map(Problem::message)
                                .toList());
    }

    private ConfigurationReading read(Map<String, String> environment, String... arguments) {
        return ConfigurationReader.read(file, environment, List.of(arguments), ZoneOffset.UTC);
    }

    private static String intervalIn(Valid configuration) {
        return configuration.effective().stream()
                .filter(option -> option.key().equals(INTERVAL))
                .map(option -> option.value() + " (" + option.origin() + ")")
                .findFirst()
                .orElseThrow();
    }
}
