package io.flinkyarn.autoscaler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MainTest {

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void keepDataInTheTemporaryDirectory() {
        environment.put("AUTOSCALER_DATA_DIR", directory.resolve("data").toString());
    }

    private int run(String... arguments) {
        Directories directories = new Directories(directory.resolve("conf"), directory.resolve("run"));
        return Main.execute(
                new Surroundings(directories, environment),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                arguments);
    }

    @Test
    void the_version_is_that_of_the_build() {
        assertThat(run("version")).isZero();
        assertThat(out.toString().strip()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void a_command_that_does_not_exist_is_refused_with_the_way_to_the_list() {
        assertThat(run("strat")).isEqualTo(2);
        assertThat(err.toString()).contains("strat").contains("--help").doesNotContain("at io.");
    }

    @Test
    void a_pause_is_recorded_beside_any_daemon_and_taken_back_for_the_same_target() {
        assertThat(run("migrate")).isZero();
        assertThat(run("pause", "CLUSTER:west", "--reason", "release tonight", "--user", "ann"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "CLUSTER:west is paused, by ann; no job that is known now is concerned: is it spelled right?");
        assertThat(run("resume", "ALL", "--user", "bob")).isZero();
        assertThat(out.toString()).contains("nothing of the kind was ordered for ALL itself");
        assertThat(run("resume", "CLUSTER:west", "--user", "bob")).isZero();
        assertThat(out.toString()).contains("CLUSTER:west is resumed, by bob");
    }

    @Test
    void a_mode_is_recorded_beside_any_daemon_and_taken_back_by_default() {
        assertThat(run("migrate")).isZero();
        assertThat(run("mode", "CLUSTER:west", "observe", "--reason", "audit", "--user", "ann"))
                .isZero();
        assertThat(out.toString()).contains("CLUSTER:west has the mode observe, by ann; no job that is known now");
        assertThat(run("mode", "CLUSTER:west", "default", "--reason", "audit over", "--user", "bob"))
                .isZero();
        assertThat(out.toString()).contains("CLUSTER:west has the mode of its options again, by bob");
        assertThat(run("mode", "ALL", "scales", "--reason", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("'scales' is no mode: expected off, observe, scale or default");
    }

    @Test
    void a_daemon_that_would_not_hear_it_is_not_ordered_anything() {
        assertThat(run("pause", "ALL", "--reason", "x", "--autoscaler.standalone.state-store.type", "MEMORY"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("autoscaler.standalone.state-store.type is MEMORY: a daemon without");
    }

    @Test
    void a_pause_needs_a_reason_and_a_job_that_is_known() {
        assertThat(run("migrate")).isZero();
        assertThat(run("pause", "ALL")).isEqualTo(2);
        assertThat(err.toString()).contains("--reason is missing");
        assertThat(run("pause", "nobody", "--reason", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("'nobody': expected the logical name, job name, application id or job id");
    }

    @Test
    void a_missing_command_is_refused() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).startsWith("a command is missing");
    }

    @Test
    void the_daemon_names_everything_that_is_wrong_with_its_options_at_once_and_does_not_start() {
        assertThat(run("run", "--autoscaler.standalone.control-lop.interval", "3s", "--flinkClusterPort", "many"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .contains("autoscaler.standalone.control-lop.interval")
                        .contains("The nearest is autoscaler.standalone.control-loop.interval"))
                .anySatisfy(line -> assertThat(line).contains("flinkClusterPort = 'many'"));
    }

    @Test
    void a_daemon_for_YARN_needs_to_know_where_the_cluster_is_configured() {
        assertThat(run("run")).isEqualTo(2);
        assertThat(err.toString()).contains("HADOOP_CONF_DIR");
    }

    @Test
    void the_doctor_names_what_is_closed_and_tries_nothing_behind_it() {
        assertThat(run("doctor", "--flinkClusterHost", "127.0.0.1", "--flinkClusterPort", "1"))
                .isEqualTo(1);
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("ok     configuration: valid, with 1 clusters"),
                        line -> assertThat(line).startsWith("-      database: not tried, as the daemon makes "),
                        line -> assertThat(line)
                                .startsWith("FAILED flink, login and listing: GET http://127.0.0.1:1/jobs/overview"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "-      flink, GET, metrics, PUT, clock: not tried, as the cluster could not be listed"));
    }

    @Test
    void the_list_of_a_cluster_that_is_away_says_so() {
        assertThat(run("list", "--flinkClusterHost", "127.0.0.1", "--flinkClusterPort", "1"))
                .isEqualTo(1);
        assertThat(out.toString().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("cluster flink: NOT REACHABLE: GET http://127.0.0.1:1/jobs/overview"),
                        line -> assertThat(line).isEqualTo("no jobs"));
    }

    @Test
    void a_cluster_that_does_not_exist_is_refused_with_the_names_of_those_that_do() {
        assertThat(run("list", "--cluster", "prod", "--flinkClusterPort", "1")).isEqualTo(2);
        assertThat(err.toString()).contains("--cluster = 'prod': expected one of flink");
        assertThat(run("doctor", "--cluster", "prod", "--flinkClusterPort", "1"))
                .isEqualTo(2);
    }

    @Test
    void a_directory_that_configures_no_cluster_is_refused_in_one_line() {
        environment.put("HADOOP_CONF_DIR", directory.resolve("nowhere").toString());
        assertThat(run("run")).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("nowhere"));
    }

    @Test
    void a_database_that_cannot_be_opened_is_one_line() throws IOException {
        Path file = Files.writeString(directory.resolve("data"), "in the way of the data directory");
        assertThat(run("run", "--flinkClusterPort", "8081")).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .satisfies(line ->
                        assertThat(line).contains("Cannot open the database").contains(file.toString()));
    }

    @Test
    void a_valid_configuration_is_shown_with_the_place_where_each_option_was_set() {
        assertThat(run("check-config", "--flinkClusterPort", "8081")).isZero();
        assertThat(out.toString()).contains(": 8081  # command line").contains("The configuration is valid");
    }

    @Test
    void the_history_of_a_new_database_is_empty_and_asks_for_no_cluster() {
        assertThat(run("migrate")).isZero();
        assertThat(run("history")).isZero();
        assertThat(out.toString().lines()).last().isEqualTo("No rescale so far");
    }

    @Test
    void the_history_makes_no_database() {
        assertThat(run("history")).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .endsWith("there is no such file yet; the daemon makes it when it first starts"));
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void migrating_says_from_which_version_to_which() {
        assertThat(run("migrate")).isZero();
        assertThat(run("migrate")).isZero();
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("The tables of jdbc:h2:file:")
                                .contains(" were made, with version "),
                        second -> assertThat(second).matches(".* have version \\d+ already"));
    }

    @Test
    void a_daemon_that_may_not_make_its_tables_says_who_can() {
        assertThat(run("run", "--flinkClusterPort", "8081", "--autoscaler.standalone.jdbc.auto-migrate", "false"))
                .isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith("run 'bin/autoscaler.sh migrate' once"));
    }

    @ParameterizedTest
    @MethodSource("io.flinkyarn.autoscaler.testing.SecretUrls#all")
    void a_password_on_the_command_line_is_refused_and_not_repeated(String url) {
        for (String command : List.of("run", "check-config", "migrate", "history")) {
            assertThat(run(command, "--autoscaler.standalone.jdbc.url", url)).isEqualTo(2);
        }
        assertThat(run("import-flink", "--url", url)).isEqualTo(2);
        assertThat(err.toString()).contains("it holds a password").doesNotContain("r3t");
        assertThat(run("migrate", "--autoscaler.standalone.jdbc.password", "s3cr3t"))
                .isEqualTo(2);
        assertThat(err + "" + out).doesNotContain("r3t");
    }

    @ParameterizedTest
    @MethodSource("io.flinkyarn.autoscaler.testing.SecretUrls#all")
    void a_password_elsewhere_is_never_printed(String url) {
        environment.put("AUTOSCALER_STANDALONE_JDBC_URL", url);
        environment.put("JDBC_PWD", "alsos3cr3t");
        assertThat(run("check-config", "--flinkClusterPort", "8081")).isZero();
        assertThat(run("history")).isEqualTo(1);
        assertThat(err + "" + out).doesNotContain("r3t");
    }

    @Test
    void the_history_wants_a_number_of_rescales() {
        assertThat(run("history", "--last", "0", "--flinkClusterPort", "8081")).isEqualTo(2);
        assertThat(err.toString()).contains("--last = '0': expected a number from 1");
    }
}
