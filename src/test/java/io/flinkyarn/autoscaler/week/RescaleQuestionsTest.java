package io.flinkyarn.autoscaler.week;

import static io.flinkyarn.autoscaler.week.Expected.at;
import static io.flinkyarn.autoscaler.week.Expected.day;
import static io.flinkyarn.autoscaler.week.Expected.decimal;
import static io.flinkyarn.autoscaler.week.Expected.number;
import static io.flinkyarn.autoscaler.week.Expected.row;
import static io.flinkyarn.autoscaler.week.Expected.seconds;
import static io.flinkyarn.autoscaler.week.Expected.utc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkyarn.autoscaler.core.decide.RescalePlan.Change;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.week.Answers.Row;
import io.flinkyarn.autoscaler.week.Ledger.Rescale;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked about rescales, held against the ledger. */
class RescaleQuestionsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Week week = Week.over();
    private final Answers answers = week.answers();

    @Test
    void the_week_has_what_the_questions_are_about() {
        assertThat(week.ledger().rescales())
                .hasSizeBetween(100, 400)
                .extracting(Rescale::phase)
                .contains(Phase.RUNNING, Phase.FAILED, Phase.NOT_REACHED);
        assertThat(flaps()).isNotEmpty();
        assertThat(week.ledger().cuts()).isNotEmpty();
    }

    @Test
    void tells_the_last_rescales() throws Exception {
        List<Row> last = answers.toFile("last-rescales.sql");

        List<List<@Nullable Object>> all = week.ledger().rescales().stream()
                .sorted(Comparator.comparing(Rescale::at).reversed())
                .flatMap(rescale -> rescale.plan().changes().stream().map(change -> lastRescale(rescale, change)))
                .toList();
        assertThat(last).extracting(row -> row.get("decided_utc")).isEqualTo(firsts(all.subList(0, 20)));
        assertThat(last)
                .extracting(row -> row.get(
                        "decided_utc",
                        "job_name",
                        "vertex_name",
                        "from_parallelism",
                        "to_parallelism",
                        "outcome",
                        "seconds_to_running",
                        "application_id"))
                .isSubsetOf(all);
        assertThat(last)
                .allSatisfy(row -> assertThat(String.valueOf(row.get("reason")))
                        .startsWith(
                                number(row.get("to_parallelism")) > number(row.get("from_parallelism"))
                                        ? "too slow"
                                        : "faster than necessary"));
    }

    private static List<@Nullable Object> lastRescale(Rescale rescale, Change change) {
        return row(
                utc(rescale.at()),
                rescale.job().jobName(),
                "work",
                decimal(change.from()),
                decimal(change.to()),
                rescale.phase().name(),
                seconds(rescale),
                rescale.job().key().applicationId());
    }

    @Test
    void tells_which_jobs_are_rescaled_often() throws Exception {
        Map<List<Object>, List<Rescale>> perDay = week.ledger().rescales().stream()
                .collect(Collectors.groupingBy(
                        rescale -> List.of(day(rescale.at()), rescale.job().jobName())));

        assertThat(answers.toFile("rescaled-often.sql"))
                .isNotEmpty()
                .extracting(
                        row -> row.get("decided_day", "job_name", "rescales", "came_to_run", "not_reached", "failed"))
                .containsExactlyInAnyOrderElementsOf(perDay.entrySet().stream()
                        .filter(entry -> entry.getValue().size() > 5)
                        .map(entry -> row(
                                entry.getKey().get(0),
                                entry.getKey().get(1),
                                decimal(entry.getValue().size()),
                                in(Phase.RUNNING, entry.getValue()),
                                in(Phase.NOT_REACHED, entry.getValue()),
                                in(Phase.FAILED, entry.getValue())))
                        .toList());
    }

    private static BigDecimal in(Phase phase, List<Rescale> rescales) {
        return decimal(rescales.stream().filter(r -> r.phase() == phase).count());
    }

    @Test
    void tells_what_went_up_and_down_within_an_hour() throws Exception {
        assertThat(answers.toFile("flapping.sql"))
                .extracting(row -> row.get(
                        "decided_utc", "back_utc", "job_name", "directions", "from_parallelism", "back_to_parallelism"))
                .containsExactlyInAnyOrderElementsOf(flaps());
    }

    /** Rescales of one vertex, as the plan has it, that the next one turned back within an hour. */
    private List<List<@Nullable Object>> flaps() {
        List<List<@Nullable Object>> flaps = new ArrayList<>();
        for (PlannedJob job : Plan.jobs()) {
            List<Rescale> done = week.ledger().rescales(job.key()).stream()
                    .filter(rescale -> rescale.phase() != Phase.FAILED)
                    .toList();
            for (int i = 1; i < done.size(); i++) {
                Change first = done.get(i - 1).plan().changes().get(0);
                Change next = done.get(i).plan().changes().get(0);
                boolean within =
                        !done.get(i - 1).at().plus(HOUR).isBefore(done.get(i).at());
                if (within && first.to() > first.from() != next.to() > next.from()) {
                    flaps.add(row(
                            utc(done.get(i - 1).at()),
                            utc(done.get(i).at()),
                            job.name(),
                            first.to() > first.from() ? "UP_DOWN" : "DOWN_UP",
                            decimal(first.from()),
                            decimal(next.to())));
                }
            }
        }
        return flaps;
    }

    @Test
    void tells_which_rescales_failed_and_why() throws Exception {
        Map<List<Object>, Long> causes = week.ledger().rescales().stream()
                .filter(rescale -> rescale.phase() == Phase.FAILED || rescale.phase() == Phase.NOT_REACHED)
                .collect(Collectors.groupingBy(
                        rescale -> List.of(
                                rescale.phase().name(),
                                rescale.progress().detail().orElseThrow()),
                        Collectors.counting()));

        assertThat(answers.toFile("failed-rescales-by-cause.sql"))
                .extracting(row -> row.get("outcome", "cause", "rescales"))
                .containsExactlyInAnyOrderElementsOf(causes.entrySet().stream()
                        .map(cause -> row(cause.getKey().get(0), cause.getKey().get(1), decimal(cause.getValue())))
                        .toList());
    }

    @Test
    void tells_the_95th_percentile_of_the_restart_time() throws Exception {
        Map<String, List<BigDecimal>> perJob = week.ledger().rescales().stream()
                .filter(Rescale::cameToRun)
                .collect(Collectors.groupingBy(
                        rescale -> rescale.job().jobName(),
                        TreeMap::new,
                        Collectors.mapping(rescale -> Objects.requireNonNull(seconds(rescale)), Collectors.toList())));

        assertThat(answers.toFile("restart-time-percentile.sql"))
                .extracting(row -> row.get("job_name", "p95_seconds", "rescales"))
                .containsExactlyInAnyOrderElementsOf(perJob.entrySet().stream()
                        .map(job -> row(
                                job.getKey(),
                                percentile95(job.getValue()),
                                decimal(job.getValue().size())))
                        .toList());
    }

    /** The smallest that is not exceeded by 95 of 100. */
    private static BigDecimal percentile95(List<BigDecimal> values) {
        List<BigDecimal> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1);
    }

    @Test
    void tells_what_a_limit_cut() throws Exception {
        Map<List<Object>, List<Ledger.Cut>> cuts = week.ledger().cuts().stream()
                .collect(Collectors.groupingBy(cut -> List.of(
                        cut.limit().name(), cut.job().jobName(), cut.verdict().name())));

        assertThat(answers.toFile("limited-decisions.sql"))
                .extracting(row -> row.get(
                        "limited_by",
                        "job_name",
                        "vertex_name",
                        "decisions",
                        "highest_raw_parallelism",
                        "highest_limited_parallelism"))
                .containsExactlyInAnyOrderElementsOf(cuts.entrySet().stream()
                        .map(entry -> {
                            List<@Nullable Object> row = new ArrayList<>(entry.getKey());
                            row.add(decimal(entry.getValue().size()));
                            row.add(decimal(entry.getValue().stream()
                                    .mapToLong(cut -> cut.verdict().rawParallelism())
                                    .max()
                                    .orElseThrow()));
                            row.add(decimal(entry.getValue().stream()
                                    .mapToLong(cut -> cut.verdict().limitedParallelism())
                                    .max()
                                    .orElseThrow()));
                            return row;
                        })
                        .toList());
    }

    @Test
    void tells_the_history_of_a_job_across_application_ids() throws Exception {
        List<Row> history = answers.toFile("history-of-a-job.sql");

        assertThat(history)
                .extracting(row -> row.get("application_id"))
                .contains(PlannedJob.applicationId(1), PlannedJob.applicationId(21));
        assertThat(history)
                .extracting(row -> row.get("decided_utc", "application_id", "outcome", "seconds_to_running"))
                .isEqualTo(week.ledger().rescales().stream()
                        .filter(rescale -> rescale.job().jobName().equals("orders"))
                        .sorted(Comparator.comparing(Rescale::at))
                        .map(rescale -> row(
                                utc(rescale.at()),
                                rescale.job().key().applicationId(),
                                rescale.phase().name(),
                                seconds(rescale)))
                        .toList());
        assertThat(answers.toFile("runs-of-a-job.sql"))
                .extracting(row -> row.get("application_id", "ended_utc", "ended_how"))
                .containsExactly(
                        row(PlannedJob.applicationId(1), utc(at(Plan.RESUBMITTED)), "YARN: KILLED"),
                        row(PlannedJob.applicationId(21), null, null));
    }

    private static List<@Nullable Object> firsts(List<List<@Nullable Object>> rows) {
        return rows.stream().map(row -> row.get(0)).collect(Collectors.toCollection(ArrayList::new));
    }
}
