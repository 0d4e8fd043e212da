package io.flinkyarn.autoscaler.week;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkyarn.autoscaler.core.decide.RescalePlan.Change;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.testing.RecordingEventHandler.Handled;
import io.flinkyarn.autoscaler.week.Answers.Row;
import io.flinkyarn.autoscaler.week.Ledger.Rescale;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every file of scripts/sql, asked of the simulated week, and its answer held against what the week itself has counted. */
class QuestionsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Set<String> NOT_SAMPLED = Set.of("typo", "legacy");

    private final Week week = Week.over();
    private Answers answers;

    @BeforeEach
    void open() throws Exception {
        answers = new Answers(Week.DATABASE);
    }

    @AfterEach
    void close() throws Exception {
        answers.close();
    }

    // Rescales.

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
        return listOf(
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
                        .map(entry -> listOf(
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
                    flaps.add(listOf(
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
                        .map(cause ->
                                listOf(cause.getKey().get(0), cause.getKey().get(1), decimal(cause.getValue())))
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
                        .map(job -> listOf(
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
                        .map(rescale -> listOf(
                                utc(rescale.at()),
                                rescale.job().key().applicationId(),
                                rescale.phase().name(),
                                seconds(rescale)))
                        .toList());
        assertThat(answers.toFile("runs-of-a-job.sql"))
                .extracting(row -> row.get("application_id", "ended_utc", "ended_how"))
                .containsExactly(
                        listOf(PlannedJob.applicationId(1), utc(at(Plan.RESUBMITTED)), "YARN: KILLED"),
                        listOf(PlannedJob.applicationId(21), null, null));
    }

    // Slots.

    @Test
    void tells_what_observe_mode_would_save() throws Exception {
        List<Row> savings = answers.toFile("savings-observe-mode.sql");

        assertThat(savings).extracting(row -> row.get("job_name")).containsExactlyInAnyOrder("invoices", "classic");
        for (Row row : savings) {
            Predicate<SlotBook.Cycle> ofJob = cycle -> cycle.job().name().equals(row.get("job_name"));
            double used = week.slots().slotHours(ofJob);
            double recommended = week.slots().recommendedSlotHours(ofJob);
            near(row.get("slot_hours"), used, 0.01 * used);
            near(row.get("recommended_slot_hours"), recommended, 0.01 * used);
            near(row.get("slot_hours_to_save"), used - recommended, 0.02 * used);
        }
    }

    @Test
    void tells_the_slot_hours_per_queue_and_day() throws Exception {
        List<Row> perQueue = answers.toFile("slot-hours-per-queue.sql");

        assertThat(perQueue).hasSize(2 + 3 * 7);
        for (Row row : perQueue) {
            double used = week.slots()
                    .slotHours(cycle -> isCounted(cycle)
                            && cycle.job().application().queue().equals(row.get("queue_name"))
                            && day(cycle.at()).equals(row.get("day_utc")));
            near(row.get("slot_hours"), used, 0.03 * used);
        }
    }

    @Test
    void tells_the_slot_hours_per_tag() throws Exception {
        List<Row> perTag = answers.toFile("slot-hours-per-tag.sql");

        assertThat(perTag)
                .extracting(row -> row.get("tag"))
                .containsExactlyInAnyOrder("team-orders", "team-web", "nightly");
        for (Row row : perTag) {
            double used = week.slots()
                    .slotHours(cycle -> isCounted(cycle)
                            && cycle.job().application().tags().contains(String.valueOf(row.get("tag"))));
            near(row.get("slot_hours"), used, 0.03 * used);
        }
    }

    private static boolean isCounted(SlotBook.Cycle cycle) {
        long second = Week.second(cycle.at());
        return !NOT_SAMPLED.contains(cycle.job().name())
                && Plan.answers(cycle.job(), second)
                && Plan.status(cycle.job(), second).equals("RUNNING");
    }

    // What is wrong, and who did what.

    @Test
    void tells_what_is_not_handled_and_why() throws Exception {
        assertThat(answers.toFile("unhandled-jobs.sql"))
                .extracting(row -> row.get("why", "application_name", "job_name"))
                .containsExactly(
                        listOf("APPLICATION_UNREADABLE", "locked", null),
                        listOf("INVALID_OPTIONS", "typo", "typo"),
                        listOf("NOT_RESCALABLE", "classic", "classic"),
                        listOf("NOT_RUNNING", "hopping", "hopping"),
                        listOf("OBSERVING", "invoices", "invoices"),
                        listOf("OFF", "legacy", "legacy"),
                        listOf("TROUBLE", "lost", "lost"));
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
                .map(QuestionsTest::error)
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
            if (job.isThere(Plan.END - 1) && !NOT_SAMPLED.contains(job.name())) {
                expected.add(listOf(job.name(), "source", "MINIMUM", decimal(1)));
            }
        }
        expected.add(listOf("search", "work", "MAXIMUM", decimal(4)));

        assertThat(answers.toFile("at-limit.sql"))
                .extracting(row -> row.get("job_name", "vertex_name", "at_limit", "parallelism"))
                .containsAll(expected)
                .filteredOn(row -> row.contains("source"))
                .hasSize(expected.size() - 1);
    }

    @Test
    void tells_who_paused_what() throws Exception {
        assertThat(answers.toFile("who-paused-what.sql"))
                .extracting(row -> row.get("acted_utc", "user_name", "action", "scope", "target", "reason"))
                .containsExactly(
                        listOf(utc(at(5 * Plan.DAY)), "root", "PAUSE", "CLUSTER", Plan.OTHER, "maintenance"),
                        listOf(utc(at(2 * Plan.DAY + 11 * Plan.HOUR)), "bob", "RESUME", "JOB", "clicks", null),
                        listOf(
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
                .isEqualTo(listOf(
                        "lost",
                        utc(at(Plan.LOST_IS_SILENT.from()).minus(Plan.INTERVAL)),
                        utc(at(Plan.LOST_IS_SILENT.from()))));
        assertThat(jobs.subList(1, jobs.size()))
                .allSatisfy(row ->
                        assertThat(row.get("last_good_cycle_utc", "trouble")).isEqualTo(listOf(last, null)));
    }

    @Test
    void shows_what_holds_now() throws Exception {
        List<Row> jobs = answers.to("SELECT * FROM v_job_current");

        assertThat(jobs)
                .extracting(row -> row.get("job_name", "last_rescale_utc", "last_outcome"))
                .containsExactlyInAnyOrderElementsOf(there().map(job -> {
                            Optional<Rescale> latest =
                                    week.ledger().rescales(job.key()).stream().max(Comparator.comparing(Rescale::at));
                            return listOf(
                                    job.name(),
                                    latest.map(rescale -> utc(rescale.at())).orElse(null),
                                    latest.map(rescale -> rescale.phase().name())
                                            .orElse(null));
                        })
                        .toList());
        assertThat(jobs)
                .filteredOn(row -> "invoices".equals(row.get("job_name")))
                .extracting(row -> row.get("mode", "slots", "subtasks", "queue_name", "user_name", "tags"))
                .containsExactly(listOf("OBSERVING", decimal(12), decimal(13), "etl", "alice", "nightly,team-orders"));
    }

    @Test
    void every_question_is_asked_here_and_says_what_to_change_and_how_to_read_the_answer() throws Exception {
        String asked = Files.readString(Path.of("src/test/java/io/flinkyarn/autoscaler/week/QuestionsTest.java"));

        assertThat(Answers.questions()).isNotEmpty().allSatisfy(file -> {
            assertThat(asked).contains("answers.toFile(\"" + file + "\")");
            assertThat(Answers.QUESTIONS.resolve(file)).content().contains("\n-- Change: ", "\n-- Read: ");
        });
    }

    private static Stream<PlannedJob> there() {
        return Plan.jobs().stream().filter(job -> job.isThere(Plan.END - 1));
    }

    private static Instant at(long second) {
        return Plan.START.plusSeconds(second);
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static @Nullable BigDecimal seconds(Rescale rescale) {
        return rescale.cameToRun() ? decimal(rescale.took().toSeconds()) : null;
    }

    private static BigDecimal decimal(long number) {
        return number == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(number).stripTrailingZeros();
    }

    private static double number(@Nullable Object value) {
        return ((BigDecimal) Objects.requireNonNull(value)).doubleValue();
    }

    private static void near(@Nullable Object value, double expected, double tolerance) {
        assertThat(number(value)).isCloseTo(expected, within(tolerance));
    }

    private static List<@Nullable Object> listOf(@Nullable Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    private static List<@Nullable Object> firsts(List<List<@Nullable Object>> rows) {
        return rows.stream().map(row -> row.get(0)).collect(Collectors.toCollection(ArrayList::new));
    }
}
