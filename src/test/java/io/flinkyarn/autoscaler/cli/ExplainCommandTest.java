package io.flinkyarn.autoscaler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.policy.SetOption;
import io.flinkyarn.autoscaler.jdbc.Database;
import io.flinkyarn.autoscaler.jdbc.DatabaseAccess;
import io.flinkyarn.autoscaler.jdbc.JdbcAutoScalerEventHandler;
import io.flinkyarn.autoscaler.jdbc.JobExplanation;
import io.flinkyarn.autoscaler.jdbc.JobExplanation.Run;
import io.flinkyarn.autoscaler.jdbc.JobExplanation.Status;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code explain} says, and to whom. */
class ExplainCommandTest {

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final JobKey KEY = new JobKey("prod", "application_1_0001", "a".repeat(32));
    private static final Run RUN = new Run(1, KEY, "orders", Optional.of("shop"), NOON, Optional.empty());

    @TempDir
    private Path home;

    private CommandRun run;

    @BeforeEach
    void prepare() {
        run = new CommandRun(home);
        assertThat(run.call("migrate")).isZero();
    }

    private void see(String application, String name) throws Exception {
        try (Database database = Database.open(DatabaseAccess.embedded(home.resolve("data")))) {
            new JdbcAutoScalerEventHandler(database)
                    .handle(
                            new JobAutoScalerContext(
                                    new JobKey("prod", application, "a".repeat(32)),
                                    name,
                                    "RUNNING",
                                    new RestEndpoint("prod", URI.create("http://127.0.0.1:1/")),
                                    Optional.empty()),
                            new JobEvent(EventType.NORMAL, EventReason.RESCALE_COMPLETED, "", "done", Optional.empty()),
                            NOON);
        }
    }

    @Test
    void a_job_that_nobody_knows_is_refused() {
        assertThat(run.call("explain", "orders")).isEqualTo(2);
        assertThat(run.err()).startsWith("JOB = 'orders': expected the name, logical name or id of a job");
    }

    @Test
    void a_name_that_two_jobs_have_is_refused_with_both_of_them() throws Exception {
        see("application_1_0001", "orders");
        see("application_1_0002", "orders");
        assertThat(run.call("explain", "orders")).isEqualTo(2);
        assertThat(run.err())
                .startsWith("JOB = 'orders' may be any of 2 jobs: write the id of one instead")
                .contains("prod/application_1_0001", "prod/application_1_0002");
        assertThat(run.call("explain", "application_1_0002")).as(run.err()).isZero();
        assertThat(run.out()).contains("the daemon has not worked on it yet");
    }

    @Test
    void programs_read_the_same_as_an_object() throws Exception {
        see("application_1_0001", "orders");
        assertThat(run.call("explain", "--json", "ord")).as(run.err()).isZero();
        assertThat(run.json().at("/jobName").asText()).isEqualTo("orders");
        assertThat(run.json().at("/vertices").isEmpty()).isTrue();
        assertThat(run.json().has("decision")).as("what is not known").isFalse();
    }

    private static List<String> lines(HoldReason reason, String detail, Instant now) {
        Status status = new Status(
                JobMode.SCALING,
                Optional.of("night"),
                Optional.of(reason.name()),
                Optional.of(detail),
                Optional.of(NOON.minus(Duration.ofHours(3))),
                Optional.empty(),
                Optional.empty(),
                Optional.of(NOON),
                NOON);
        return ExplanationText.lines(
                new JobExplanation(
                        RUN,
                        Optional.of(status),
                        List.of(GraphPictureTest.vertex("source", 1, 2)),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new SetOption(
                                "job.autoscaler.enabled", "true", SetOption.By.JOB, "its configuration"))),
                now,
                ZoneOffset.UTC);
    }

    @Test
    void the_reason_comes_first_with_since_when_it_holds() {
        assertThat(lines(HoldReason.EXCLUDED_PERIOD, "until 13:00", NOON))
                .startsWith(
                        "job orders (prod/application_1_0001/" + "a".repeat(32) + ", logical name shop)",
                        "  scaling (policies night), as of 2026-05-04 12:00:00",
                        "  holds, " + HoldReason.EXCLUDED_PERIOD.sentence()
                                + ": until 13:00; since 2026-05-04 09:00:00")
                .contains("  job.autoscaler.enabled: true  (job, its configuration)")
                .noneMatch(line -> line.contains("NOTHING NEW"));
    }

    @Test
    void a_reason_without_particulars_is_not_said_twice() {
        assertThat(lines(HoldReason.WITHIN_BAND, HoldReason.WITHIN_BAND.sentence(), NOON))
                .contains("  holds, " + HoldReason.WITHIN_BAND.sentence() + "; since 2026-05-04 09:00:00");
    }

    @Test
    void what_a_daemon_that_is_gone_has_left_is_told_to_be_old() {
        assertThat(lines(HoldReason.WITHIN_BAND, "", NOON.plus(Duration.ofHours(2))))
                .anyMatch(line -> line.startsWith("  NOTHING NEW for 120 minutes: 'autoscaler.sh status' says"));
    }
}
