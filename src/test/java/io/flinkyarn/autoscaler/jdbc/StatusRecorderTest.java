package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.JobView.Trouble;
import io.flinkyarn.autoscaler.control.ShownBoard;
import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.testing.LogLines;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds now: {@code job_status}, {@code vertex_status}, {@code cluster_status}, {@code cluster_problem}, {@code metric_minute}. */
class StatusRecorderTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Decision WITHIN_BAND =
            Steps.hold(HoldReason.WITHIN_BAND, "").decision();
    private static final Decision RECOMMENDATION = Steps.recommendation(4).decision();

    private final SettableClock clock = new SettableClock(NOW);
    private final ShownBoard shown = new ShownBoard();
    private TestDatabase db;
    private StatusRecorder recorder;

    @BeforeEach
    void open() throws StoreException {
        db = new TestDatabase();
        recorder = newRecorder();
        shown.show(Views.listing(NOW, "a"));
    }

    @AfterEach
    void close() {
        db.close();
    }

    private StatusRecorder newRecorder() {
        return new StatusRecorder(db.database, shown.board, clock, INTERVAL, Duration.ofHours(1), true);
    }

    /** A cycle later, with the job as the loop shows it then. */
    private void next(JobMode mode, Decision decision) {
        clock.advance(INTERVAL);
        shown.show(Views.view("a", mode, decision, clock.instant()));
        recorder.run();
    }

    private Map<String, Object> row(String sql) {
        List<Map<String, Object>> rows = db.rows(sql);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static long ms(Instant time) {
        return time.toEpochMilli();
    }

    @Test
    void aJobIsShownWithItsReasonItsSlotsAndWhatIsRecommended() {
        next(JobMode.OBSERVING, RECOMMENDATION);
        assertThat(row("SELECT mode, reason, slots, target_slots, trouble, last_good_cycle FROM job_status")
                        .values())
                .containsExactly("OBSERVING", "SCALING_DISABLED", 4, 5, null, ms(clock.instant()));
    }

    @Test
    void itsVerticesAreShownWithTheirRatesAndBounds() {
        next(JobMode.OBSERVING, RECOMMENDATION);
        assertThat(db.rows("SELECT vertex_name, parallelism, target_parallelism, lowest_parallelism,"
                        + " highest_parallelism, true_processing_rate, lag_records"
                        + " FROM vertex_status ORDER BY vertex_position"))
                .extracting(row -> row.values().toString())
                .containsExactly(
                        "[Source: orders, 1, 1, 1, 128, 5000.0, 12345.0]",
                        "[price, 2, 4, 1, 128, 1000.04, null]",
                        "[Sink: orders, 3, 1, 1, 128, null, null]");
    }

    @Test
    void aJobThatHasHadNoCycleYetLeavesWhatTheProcessBeforeHasTold() {
        next(JobMode.SCALING, WITHIN_BAND);
        recorder = newRecorder();
        shown.show(new JobView(
                job("a"),
                JobMode.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        clock.advance(INTERVAL);
        recorder.run();
        assertThat(row("SELECT mode FROM job_status")).containsEntry("mode", "SCALING");
    }

    @Test
    void whatCountsIsWrittenAtOnceAndTheRestOnceAMinute() {
        next(JobMode.SCALING, filling("1 of 15 minutes"));
        assertThat(detail()).isEqualTo("1 of 15 minutes");
        next(JobMode.SCALING, filling("2 of 15 minutes"));
        assertThat(detail()).isEqualTo("1 of 15 minutes");
        next(JobMode.OBSERVING, filling("3 of 15 minutes"));
        assertThat(detail()).isEqualTo("3 of 15 minutes");
        clock.advance(Duration.ofMinutes(1));
        next(JobMode.OBSERVING, filling("4 of 15 minutes"));
        assertThat(detail()).isEqualTo("4 of 15 minutes");
    }

    @Test
    void aReasonWithoutParticularsStandsInWordsToo() {
        next(JobMode.SCALING, WITHIN_BAND);
        assertThat(detail()).isEqualTo(HoldReason.WITHIN_BAND.sentence());
    }

    private static Decision filling(String detail) {
        return Steps.hold(HoldReason.WINDOW_FILLING, detail).decision();
    }

    private @Nullable Object detail() {
        return row("SELECT detail FROM job_status").get("detail");
    }

    @Test
    void aJobThatCannotBeServedKeepsItsLastGoodCycle() {
        next(JobMode.SCALING, WITHIN_BAND);
        Instant good = clock.instant();
        clock.advance(INTERVAL);
        JobView served = Views.view("a", JobMode.SCALING, WITHIN_BAND, good);
        shown.show(new JobView(
                served.job(),
                served.mode(),
                served.options(),
                served.graph(),
                served.decided(),
                served.rescale(),
                served.served(),
                Optional.of(new Trouble(
                        Trouble.Cause.NO_ANSWER, "no answer within 10 s", clock.instant(), clock.instant()))));
        recorder.run();
        assertThat(row("SELECT trouble, trouble_since, last_good_cycle FROM job_status")
                        .values())
                .containsExactly("no answer within 10 s", ms(clock.instant()), ms(good));
    }

    @Test
    void aClusterThatIsAwayKeepsItsLastListing() {
        recorder.run();
        Instant away = NOW.plus(INTERVAL);
        clock.set(away);
        shown.show(Views.away(away, new Problem("cluster", "connection refused")));
        recorder.run();
        assertThat(row("SELECT standing, since, last_listing FROM cluster_status")
                        .values())
                .containsExactly("UNREACHABLE", ms(away), ms(NOW));
    }

    @Test
    void aProblemIsOneRowFromTheFirstTimeToTheLast() {
        problems(new Problem("a", "no answer (attempt 1, next at 12:00:30)"));
        clock.advance(Duration.ofMinutes(1));
        recorder = newRecorder();
        problems(new Problem("a", "no answer (attempt 2, next at 12:01:30)"));
        assertThat(row("SELECT message, first_seen, last_seen, ended_at FROM cluster_problem")
                        .values())
                .containsExactly("no answer (attempt 2, next at 12:01:30)", ms(NOW), ms(clock.instant()), null);
        clock.advance(INTERVAL);
        problems();
        assertThat(row("SELECT ended_at FROM cluster_problem")).containsEntry("ended_at", ms(clock.instant()));
    }

    @Test
    void anotherMessageIsAnotherProblem() {
        problems(new Problem("a", "no answer"));
        clock.advance(INTERVAL);
        problems(new Problem("a", "a login page came back"));
        assertThat(db.rows("SELECT message, ended_at FROM cluster_problem ORDER BY id"))
                .extracting(row -> row.get("message"), row -> row.get("ended_at"))
                .containsExactly(tuple("no answer", ms(clock.instant())), tuple("a login page came back", null));
    }

    @Test
    void whileAClusterIsAwayNoProblemOfItsApplicationsIsOver() {
        problems(new Problem("a", "no answer"));
        clock.advance(INTERVAL);
        shown.show(Views.away(clock.instant(), new Problem("cluster", "connection refused")));
        recorder.run();
        assertThat(db.rows("SELECT subject FROM cluster_problem WHERE ended_at IS NULL ORDER BY subject"))
                .extracting(row -> row.get("subject"))
                .containsExactly("a", "cluster");
    }

    private void problems(Problem... problems) {
        shown.show(Views.listing(clock.instant(), List.of(), List.of(problems), "a"));
        recorder.run();
    }

    @Test
    void ofTheMetricsOfAMinuteTheLastAreKept() {
        clock.set(Instant.parse("2026-03-01T12:00:30Z"));
        next(JobMode.OBSERVING, processing(1));
        next(JobMode.OBSERVING, processing(2));
        assertThat(db.count("metric_minute")).isZero();
        for (int i = 3; i <= 9; i++) {
            next(JobMode.OBSERVING, processing(i));
        }
        assertThat(db.rows("SELECT minute_start, vertex_id, parallelism, true_processing_rate, target_rate"
                        + " FROM metric_minute ORDER BY minute_start"))
                .extracting(row -> row.values().toString())
                .containsExactly(
                        "[" + ms(Instant.parse("2026-03-01T12:00:00Z")) + ", " + Steps.MAP + ", 2, 2.0, 1500.5]",
                        "[" + ms(Instant.parse("2026-03-01T12:01:00Z")) + ", " + Steps.MAP + ", 2, 8.0, 1500.5]");
    }

    /** A decision by this true processing rate of the map. */
    private static Decision processing(double rate) {
        return new Hold(
                HoldReason.WITHIN_BAND,
                "",
                Optional.empty(),
                List.of(Steps.verdict(Steps.MAP, "price", 2, 2, rate, VertexOutcome.UNCHANGED)));
    }

    @Test
    void aTableThatCannotBeWrittenIsSaidOnceAndWrittenWhenItCan() {
        db.execute("ALTER TABLE job_status RENAME TO away");
        try (LogLines log = new LogLines(StatusRecorder.class)) {
            next(JobMode.SCALING, WITHIN_BAND);
            Instant since = clock.instant();
            next(JobMode.SCALING, WITHIN_BAND);
            assertThat(recorder.trouble()).hasValueSatisfying(trouble -> {
                assertThat(trouble.since()).isEqualTo(since);
                assertThat(trouble.message()).containsIgnoringCase("job_status");
            });
            db.execute("ALTER TABLE away RENAME TO job_status");
            next(JobMode.SCALING, WITHIN_BAND);
            assertThat(recorder.trouble()).isEmpty();
            assertThat(db.count("job_status")).isEqualTo(1);
            assertThat(db.count("vertex_status")).isEqualTo(3);
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().get(0)).startsWith("WARN Cannot record the status");
            assertThat(log.lines().get(1)).startsWith("INFO the status is recorded again");
        }
    }
}
