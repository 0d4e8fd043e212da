package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkyarn.autoscaler.it.AutoscalerScript.Result;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as a person gets it: unpacked, with the daemon in a process of its own. */
class DistributionScriptIT {
    /** Jars that a client of the ResourceManager does not need; the class path of the tests has most of them. */
    private static final String UNWANTED =
            "(reload4j|slf4j-reload4j|log4j-1|commons-logging|guava|protobuf-java|netty|zookeeper|curator|jersey|guice|kerb|"
                    + "jetty-server|javax.servlet|bcprov|hadoop-hdfs|hadoop-yarn-server|hadoop-minicluster|flink-(core|runtime)|"
                    + "junit|assertj|archunit|jmh).*";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path unpacked;

    @TempDir
    Path scratch;

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

    @AfterEach
    void endWhatStillRuns() throws Exception {
        script().with("AUTOSCALER_STOP_TIMEOUT", 5).call("stop");
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

    @Test
    void aCommandOfTheProgramIsPassedOn() throws Exception {
        Result version = script().call("version");

        assertThat(version.exitCode()).as(version.errors()).isZero();
        assertThat(version.output()).contains(home.getFileName().toString().replaceFirst(".*-", ""));
    }

    @Test
    void inTheForegroundItIsOneProcessThatLogsToTheConsoleAndEndsOnTerm() throws Exception {
        Path console = scratch.resolve("console");
        Process process = script().open(console, daemon("run"));
        Await.until(
                "the status of the daemon",
                Duration.ofSeconds(30),
                () -> Files.exists(home.resolve("run/autoscaler.status")));

        assertThat(script().pid()).isEqualTo(process.pid());
        assertThat(process.info().command().orElseThrow()).endsWith("/java");
        assertThat(process.descendants()).isEmpty();
        assertThat(console).isNotEmptyFile();
        assertThat(script().call("start").errors()).contains("already running with pid " + process.pid());

        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ends on TERM").isTrue();
        assertThat(process.exitValue()).isIn(0, 143);
        assertThat(script().call("status").exitCode()).isEqualTo(3);
    }

    @Test
    void inTheBackgroundItRunsUntilItIsStopped() throws Exception {
        Result start = script().call(daemon("start"));
        assertThat(start.exitCode()).as(start.errors()).isZero();

        Result status = script().call("status");
        assertThat(status.exitCode()).isZero();
        assertThat(status.output()).contains("running with pid " + script().pid());
        assertThat(home.resolve("logs/autoscaler.out"))
                .as("what was printed beside the log")
                .isEmptyFile();
        assertThat(home.resolve("logs/autoscaler.log")).isNotEmptyFile();

        JsonNode json = JSON.readTree(script().call("status", "--json").output());
        assertThat(json.at("/running").asBoolean()).isTrue();
        assertThat(json.at("/pid").asLong()).isEqualTo(script().pid());
        assertThat(json.at("/clusters").isArray()).isTrue();
        Path bundle = scratch.resolve("bundle.zip");
        assertThat(script().call("bundle", "--output", bundle.toString()).exitCode())
                .isZero();
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .contains("bundle/status.txt", "bundle/threads.txt", "bundle/autoscaler.log");
        }

        assertThat(script().call("stop")).isEqualTo(new Result(0, "autoscaler: stopped\n", ""));
        assertThat(script().call("status").exitCode()).isEqualTo(3);
    }

    @Test
    void aRecommendationNeedsNoDaemonAndNoDatabaseAndAsksFlinkForNoRescale() throws Exception {
        Path data = scratch.resolve("data");
        try (StandInFlink flink = new StandInFlink(2, Map.of("job.autoscaler.enabled", "false"), 0, 7)) {
            flink.jobs().get(0).keepBusy(0.95);
            flink.jobs().get(1).keepBusy(0.2);

            Result result = script().with("AUTOSCALER_DATA_DIR", data)
                    .call(
                            "recommend",
                            "--once",
                            "--duration=30s",
                            "--json",
                            "--flinkClusterHost",
                            "127.0.0.1",
                            "--flinkClusterPort",
                            String.valueOf(flink.port()));

            assertThat(result.exitCode()).as(result.errors()).isZero();
            assertThat(result.errors()).contains("of 30 s", "the metrics window is not full yet");
            JsonNode jobs = JSON.readTree(result.output()).at("/jobs");
            assertThat(jobs.findValuesAsText("rescale")).containsExactly("true", "true");
            JsonNode busiest = jobs.at("/0/vertices/1");
            assertThat(busiest.at("/recommended").asInt())
                    .isGreaterThan(busiest.at("/parallelism").asInt());
            assertThat(flink.declarations()).isEmpty();
        }
        assertThat(data).doesNotExist();
    }

    /** H2 makes a database with the user and the password of whoever opens it first. */
    @Test
    void thePasswordOfTheDatabaseIsFoundInACredentialProviderOfHadoop() throws Exception {
        String url = "jdbc:h2:file:" + scratch.resolve("history");
        DriverManager.getConnection(url, "owner", "s3cr3t").close();
        String provider = "localjceks://file" + scratch.resolve("passwords.jceks");
        store("s3cr3t", "autoscaler", provider);

        Result migrated = migrate(url, "autoscaler", provider);
        assertThat(migrated.exitCode()).as(migrated.errors()).isZero();
        assertThat(migrated.output()).contains("as owner");

        Result refused = migrate(url, "another", provider);
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.errors()).contains("another").doesNotContain("\tat ", "s3cr3t");
    }

    private static void store(String password, String alias, String provider) throws Exception {
        Configuration hadoop = new Configuration(false);
        hadoop.set(CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH, provider);
        CredentialProvider keystore =
                CredentialProviderFactory.getProviders(hadoop).get(0);
        keystore.createCredentialEntry(alias, password.toCharArray());
        keystore.flush();
    }

    private Result migrate(String url, String alias, String provider) throws Exception {
        String jdbc = "--autoscaler.standalone.jdbc.";
        return script().call(
                        "migrate",
                        jdbc + "url",
                        url,
                        jdbc + "username",
                        "owner",
                        jdbc + "password-credential-alias",
                        alias,
                        jdbc + "password-credential-provider",
                        provider);
    }

    @Test
    void anUnknownOptionIsSaidAtOnceAndIsNoReasonToTryAgain() throws Exception {
        Result start = script().call("start", "--no-such-option", "1");

        assertThat(start.exitCode()).isEqualTo(2);
        assertThat(start.errors()).contains("no-such-option").doesNotContain("\tat ");
    }

    private AutoscalerScript script() {
        return new AutoscalerScript(home, scratch);
    }

    /** A daemon for one Flink cluster that is not there: it comes up, and goes on asking. */
    private static String[] daemon(String command) throws IOException {
        try (var unused = new ServerSocket(0)) {
            return new String[] {
                command,
                "--flinkClusterHost",
                "127.0.0.1",
                "--flinkClusterPort",
                Integer.toString(unused.getLocalPort())
            };
        }
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
