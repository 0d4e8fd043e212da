package io.flinkyarn.autoscaler.week;

import static io.flinkyarn.autoscaler.week.Expected.at;
import static io.flinkyarn.autoscaler.week.Expected.decimal;
import static io.flinkyarn.autoscaler.week.Expected.row;
import static io.flinkyarn.autoscaler.week.Expected.utc;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import io.flinkyarn.autoscaler.testing.RecordingEventHandler.Handled;
import io.flinkyarn.autoscaler.week.Answers.Row;
import io.flinkyarn.autoscaler.week.Ledger.Rescale;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked about how things stand at the end of the week, what went wrong, and who did what. */
class PresentQuestionsTest {

    private final Week week = Week.over();
    private final Answers answers = week.answers();

    @Test
    void tells_what_is_not_handled_and_why() throws Exception {
        assertThat(answers.toFile("unhandled-jobs.sql"))
                .extracting(row -> row.get("why", "application_name", "job_name"))
                .containsExactly(
                        row("APPLICATION_UNREADABLE", "locked", null),
                        row("INVALID_OPTIONS", "typo", "typo"),
                        row("NOT_RESCALABLE", "classic", "classic"),
                        row("NOT_RUNNING", "hopping", "hopping"),
                        row("OBSERVING", "invoices", "invoices"),
                        row("OFF", "legacy", "legacy"),
                        row("TROUBLE", "lost", "lost"));
        assertThat(answers.toFile("unhandled-jobs.sql"))
                .filteredOn(row -> Set.of("APPLICATION_UNREADABLE", "NOT_RUNNING", "TROUBLE")
                        .contains(String.valueOf(row.get("why"))))
                .extracting(row -> row.get("since_utc"))
                .containsExactly(
                        utc(at(Plan.LOCKED_IS_THERE.from())),
                        utc(at(Plan.HOPPING_RESTARTS.from())),
                        utc(at(Plan.LOST_IS_SILENT.from())));
    }

    @Test
    void tells_the_errors_of_each_cluster() throws Exception {
        Map<List<Object>, Long> expected = new TreeMap<>(Comparator.comparing(String::valueOf));
        Stream.concat(week.ledger().warnings().stream(), week.events().handled().stream())
                .filter(handled -> handled.event().type() == EventType.WARNING)
                .filter(handled -> handled.event().reason() != EventReason.RESCALE_FAILED)
                .map(PresentQuestionsTest::error)
                .forEach(error -> expected.merge(error, 1L, Long::sum));
        week.ledger().rescales().stream()
                .filter(rescale -> rescale.phase() == Phase.FAILED || rescale.phase() == Phase.NOT_REACHED)
                .map(rescale -> List.<Object>of(
                        rescale.job().key().cluster(),
                        "RESCALE",
                        rescale.phase().name()))
                .forEach(error -> expected.merge(error, 1L, Long::sum));
        expected.put(List.of(Plan.MAIN, "CLUSTER", "APPLICATION_UNREADABLE"), 1L);
        expected.put(List.of(Plan.OTHER, "CLUSTER", "CLUSTER_UNREADABLE"), 1L);

        assertThat(answers.toFile("errors-per-cluster.sql"))
                .extracting(row -> row.get("cluster", "source", "what", "occurrences"))
                .containsExactlyInAnyOrderElementsOf(expected.entrySet().stream()
                        .map(error -> {
                            List<@Nullable Object> row = new ArrayList<>(error.getKey());
                            row.add(decimal(error.getValue()));
                            return row;
                        })
                        .toList());
    }

    private static List<Object> error(Handled handled) {
        return List.of(
                handled.job().key().cluster(), "EVENT", handled.event().reason().text());
    }

    @Test
    void tells_which_vertices_are_at_their_limit() throws Exception {
        List<List<@Nullable Object>> expected = new ArrayList<>();
        for (PlannedJob job : Plan.jobs()) {
            if (job.isThere(Plan.END - 1) && Plan.isSampled(job)) {
                expected.add(row(job.name(), "source", "MINIMUM", decimal(1)));
            }
        }
        expected.add(row("search", "work", "MAXIMUM", decimal(4)));

        assertThat(answers.toFile("at-limit.sql"))
                .extracting(row -> row.get("job_name", "vertex_name", "at_limit", "parallelism"))
                .containsAll(expected)
                .filteredOn(row -> row.contains("source"))
                .hasSize(expected.size() - 1);
    }

    @Test
    void tells_which_options_hold_for_a_job_and_who_set_them() throws Exception {
        assertThat(answers.toFile("job-options.sql"))
                .extracting(row -> row.get("application_id", "policies"))
                .as("the run that has not ended")
                .containsOnly(row(PlannedJob.applicationId(21), "everyone, batch"));
        String file = "src/test/resources/week/autoscaler.yaml";
        String ofJob = "configuration of the Flink job";
        assertThat(answers.toFile("job-options.sql"))
                .extracting(row -> row.get("option_key", "option_value", "set_by", "written_in"))
                .containsExactly(
                        row("job.autoscaler.enabled", "true", "JOB", ofJob),
                        row("job.autoscaler.history.max.count", "5", "POLICY", "policy batch, " + file + ", line 10"),
                        row("job.autoscaler.metrics.window", "15 min", "JOB", ofJob),
                        row("job.autoscaler.restart.time", "5 min", "DAEMON", file + ", line 2"),
                        row("job.autoscaler.stabilization.interval", "5 min", "JOB", ofJob),
                        row("job.autoscaler.vertex.exclude.ids", FakeFlink.SOURCE.hex(), "JOB", ofJob),
                        row(
                                "job.autoscaler.vertex.max-parallelism",
                                "150",
                                "CAP",
                                "cap of policy everyone, " + file + ", line 5"));
        assertThat(answers.to("SELECT option_key, set_by FROM v_job_options WHERE job_name = 'search'"
                        + " AND option_key = 'job.autoscaler.vertex.max-parallelism'"))
                .as("a job that keeps to the cap by itself")
                .extracting(row -> row.get("set_by"))
                .containsExactly("JOB");
    }

    @Test
    void tells_who_paused_what() throws Exception {
        assertThat(answers.toFile("who-paused-what.sql"))
                .extracting(row -> row.get("acted_utc", "user_name", "action", "scope", "target", "reason"))
                .containsExactly(
                        row(utc(at(5 * Plan.DAY)), "root", "PAUSE", "CLUSTER", Plan.OTHER, "maintenance"),
                        row(utc(at(2 * Plan.DAY + 11 * Plan.HOUR)), "bob", "RESUME", "JOB", "clicks", null),
                        row(
                                utc(at(2 * Plan.DAY + 9 * Plan.HOUR)),
                                "bob",
                                "PAUSE",
                                "JOB",
                                "clicks",
                                "release of the shop"));
    }

    @Test
    void tells_when_each_job_was_last_served() throws Exception {
        List<Row> jobs = answers.toFile("last-good-cycle.sql");
        LocalDateTime last = utc(at(Plan.END).minus(Plan.INTERVAL));

        assertThat(jobs).hasSize((int) there().count());
        assertThat(jobs.get(0).get("job_name", "last_good_cycle_utc", "trouble_since_utc"))
                .isEqualTo(row(
                        "lost",
                        utc(at(Plan.LOST_IS_SILENT.from()).minus(Plan.INTERVAL)),
                        utc(at(Plan.LOST_IS_SILENT.from()))));
        assertThat(jobs.subList(1, jobs.size()))
                .allSatisfy(row ->
                        assertThat(row.get("last_good_cycle_utc", "trouble")).isEqualTo(row(last, null)));
    }

    @Test
    void shows_what_holds_now() throws Exception {
        List<Row> jobs = answers.to("SELECT * FROM v_job_current");

        assertThat(jobs)
                .extracting(row -> row.get("job_name", "last_rescale_utc", "last_outcome"))
                .containsExactlyInAnyOrderElementsOf(there().map(job -> {
                            Optional<Rescale> latest =
                                    week.ledger().rescales(job.key()).stream().max(Comparator.comparing(Rescale::at));
                            return row(
                                    job.name(),
                                    latest.map(rescale -> utc(rescale.at())).orElse(null),
                                    latest.map(rescale -> rescale.phase().name())
                                            .orElse(null));
                        })
                        .toList());
        assertThat(jobs)
                .filteredOn(row -> "invoices".equals(row.get("job_name")))
                .extracting(row -> row.get("mode", "slots", "subtasks", "queue_name", "user_name", "tags"))
                .containsExactly(row("OBSERVING", decimal(12), decimal(13), "etl", "alice", "nightly,team-orders"));
    }

    private static Stream<PlannedJob> there() {
        return Plan.jobs().stream().filter(job -> job.isThere(Plan.END - 1));
    }
}
