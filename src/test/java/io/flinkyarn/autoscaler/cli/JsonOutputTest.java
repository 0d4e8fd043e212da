package io.flinkyarn.autoscaler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Absence;
import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.ClusterView.Standing;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.JobView.Trouble;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What programs read of the commands. */
class JsonOutputTest {

    private static final String[] NOWHERE = {"--flinkClusterHost", "127.0.0.1", "--flinkClusterPort", "1"};

    @TempDir
    private Path home;

    private CommandRun run;

    @BeforeEach
    void prepare() {
        run = new CommandRun(home);
    }

    @Test
    void the_version_is_told_with_that_of_Java() throws Exception {
        assertThat(run.call("version", "--json")).isZero();
        assertThat(run.json().fieldNames()).toIterable().containsExactly("version", "java");
    }

    @Test
    void a_list_of_a_cluster_that_is_away_is_an_object_that_says_so() throws Exception {
        assertThat(run.call("list", "--json", NOWHERE[0], NOWHERE[1], NOWHERE[2], NOWHERE[3]))
                .isEqualTo(1);
        JsonNode cluster = run.json().at("/clusters/0");
        assertThat(cluster.at("/cluster").asText()).isEqualTo("flink");
        assertThat(cluster.at("/reachable").asBoolean(true)).isFalse();
        assertThat(cluster.at("/problems/0/message").asText()).contains("127.0.0.1:1");
        assertThat(cluster.has("passedOver")).as("what was not told").isFalse();
    }

    @Test
    void the_doctor_says_of_each_thing_how_it_is() throws Exception {
        assertThat(run.call("doctor", "--json", NOWHERE[0], NOWHERE[1], NOWHERE[2], NOWHERE[3]))
                .isEqualTo(1);
        assertThat(run.json().at("/healthy").asBoolean(true)).isFalse();
        assertThat(run.json().at("/findings").findValuesAsText("result"))
                .containsExactly("OK", "NOT_TRIED", "FAILED", "NOT_TRIED");
    }

    @Test
    void history_and_events_of_a_new_database_are_empty_lists() throws Exception {
        assertThat(run.call("migrate")).isZero();
        assertThat(run.call("history", "--json", "orders")).isZero();
        assertThat(run.json().at("/rescales").isEmpty()).isTrue();
        assertThat(run.call("events", "--json", "--since", "2h", "--type", "Warning"))
                .isZero();
        assertThat(run.json().at("/events").isEmpty()).isTrue();
    }

    @Test
    void the_value_of_an_option_is_not_the_name_of_a_job() throws Exception {
        String url = "jdbc:h2:file:" + home.resolve("other");
        assertThat(run.call("migrate", "--autoscaler.standalone.jdbc.url", url)).isZero();
        assertThat(run.call("events", "--autoscaler.standalone.jdbc.url", url, "--json"))
                .as(run.err())
                .isZero();
        assertThat(run.call("events", "--since", "soon")).isEqualTo(2);
        assertThat(run.err()).contains("--since = 'soon': expected a duration such as 2h");
    }

    @Test
    void a_configuration_that_is_wrong_is_told_as_such() throws Exception {
        assertThat(run.call("check-config", "--json", "--no-such-option", "1")).isEqualTo(2);
        assertThat(run.json().at("/valid").asBoolean(true)).isFalse();
        assertThat(run.json().at("/problems/0").asText()).contains("no-such-option");
    }

    @Test
    void the_effective_configuration_tells_the_origin_of_every_value() throws Exception {
        Files.createDirectories(home.resolve("conf"));
        Path file = Files.writeString(run.directories.configurationFile(), """
                job.autoscaler.enabled: true
                autoscaler.standalone.control-loop.interval: 20 s
                """);
        run.environment.put("AUTOSCALER_STANDALONE_CONTROL_LOOP_PARALLELISM", "7");
        assertThat(run.call("print-config", "--json", "--flinkClusterPort", "8081"))
                .isZero();
        JsonNode json = run.json();
        assertThat(json.at("/directories/AUTOSCALER_DATA_DIR").asText())
                .isEqualTo(home.resolve("data").toString());
        assertThat(option(json, "autoscaler.standalone.control-loop.interval")).isEqualTo("20 s file " + file + " 2");
        assertThat(option(json, "autoscaler.standalone.control-loop.parallelism"))
                .isEqualTo("7 environment AUTOSCALER_STANDALONE_CONTROL_LOOP_PARALLELISM ");
        assertThat(option(json, "autoscaler.standalone.fetcher.flink-cluster.port"))
                .isEqualTo("8081 commandLine  ");
        assertThat(option(json, "autoscaler.standalone.state-store.type")).isEqualTo("JDBC default  ");
    }

    @Test
    void what_is_set_for_plugins_is_shown_too_for_all_jobs_and_in_a_policy_but_no_secret() throws Exception {
        Files.createDirectories(home.resolve("conf"));
        Path file = Files.writeString(run.directories.configurationFile(), """
                job.autoscaler.scaling.custom-executor.gate.class: a.Gate
                job.autoscaler.scaling.custom-executor.gate.password: s3cr3t
                policies:
                  - name: night
                    job.autoscaler.scaling.custom-executor.gate.api-key: s3cr3t
                    job.autoscaler.scaling.custom-executor.gate.url: http://gate
                """);
        assertThat(run.call("print-config", "--json", "--flinkClusterPort", "8081"))
                .as(run.err())
                .isZero();
        JsonNode json = run.json();
        String gate = "job.autoscaler.scaling.custom-executor.gate.";
        assertThat(option(json, gate + "class")).isEqualTo("a.Gate file " + file + " 1");
        assertThat(option(json, gate + "password")).startsWith("*** file");
        assertThat(option(json, "policies[0]." + gate + "api-key")).startsWith("*** file");
        assertThat(option(json, "policies[0]." + gate + "url")).isEqualTo("http://gate file " + file + " 6");
    }

    private static String option(JsonNode json, String key) {
        for (JsonNode option : json.at("/options")) {
            if (option.at("/key").asText().equals(key)) {
                return option.at("/value").asText() + " " + option.at("/source").asText() + " "
                        + option.at("/place").asText() + " "
                        + option.at("/line").asText();
            }
        }
        return "not there";
    }

    @ParameterizedTest
    @MethodSource("io.flinkyarn.autoscaler.testing.SecretUrls#all")
    void no_password_of_an_address_is_printed(String url) {
        run.environment.put("AUTOSCALER_STANDALONE_JDBC_URL", url);
        run.environment.put("JDBC_PWD", "alsos3cr3t");
        for (String command : List.of("print-config", "check-config")) {
            for (String format : List.of("--json", "--flinkClusterHost=localhost")) {
                assertThat(run.call(command, format, "--flinkClusterPort", "8081"))
                        .isZero();
                assertThat(run.out()).contains("jdbc").doesNotContain("r3t");
            }
        }
    }

    @Test
    void the_status_names_the_reason_of_each_trouble_and_its_times_in_UTC() throws Exception {
        Instant noon = Instant.parse("2026-05-04T12:00:00Z");
        ClusterView cluster = new ClusterView(
                "prod",
                Standing.UNREACHABLE,
                noon,
                1,
                List.of(),
                List.of(),
                List.of(new Problem("prod", "refused")),
                Optional.empty(),
                Optional.empty());
        JobView job = new JobView(
                new JobAutoScalerContext(
                        new JobKey("prod", "application_1_0001", "a1"),
                        "orders",
                        "RUNNING",
                        new RestEndpoint("prod", URI.create("http://rm:8088/proxy/a/")),
                        Optional.empty()),
                JobMode.SCALING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(noon),
                Optional.of(new Trouble(Trouble.Cause.NO_ANSWER, "no answer", noon, noon.plusSeconds(30))));
        Records.Standing away =
                new Records.Standing(Optional.of(new Absence(noon, "connection refused", 3, 1)), Optional.empty());
        JsonNode json = JsonMapper.builder()
                .build()
                .readTree(Json.text(StatusJson.of(
                        new StatusText("1.2.3", 4711, noon, ZoneOffset.UTC),
                        away,
                        List.of(cluster),
                        List.of(job),
                        Map.of("prod", 1.5),
                        noon.plusSeconds(5))));
        assertThat(json.at("/running").asBoolean()).isTrue();
        assertThat(json.at("/at").asText()).isEqualTo("2026-05-04T12:00:05Z");
        assertThat(json.at("/databaseAway/why").asText()).isEqualTo("connection refused");
        assertThat(json.at("/clusters/0/standing").asText()).isEqualTo("UNREACHABLE");
        assertThat(json.at("/clusters/0/requestsPerSecond").asDouble()).isEqualTo(1.5);
        assertThat(json.at("/jobs/0/job/applicationId").asText()).isEqualTo("application_1_0001");
        assertThat(json.at("/jobs/0/trouble/nextTry").asText()).isEqualTo("2026-05-04T12:00:30Z");
        assertThat(json.at("/jobs/0").has("reason")).isFalse();
    }
}
