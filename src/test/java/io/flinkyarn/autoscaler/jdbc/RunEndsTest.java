package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.JobListFetcher.End;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.ShownBoard;
import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When runs and applications count as seen, and when as ended. The job of application {@code a} runs at first. */
class RunEndsTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration FORGET_AFTER = Duration.ofHours(1);
    private static final End KILLED = new End("a", Optional.empty(), "YARN: KILLED", Optional.of(NOW.plusSeconds(15)));

    private final SettableClock clock = new SettableClock(NOW);
    private final ShownBoard shown = new ShownBoard();
    private TestDatabase db;
    private StatusRecorder recorder;

    @BeforeEach
    void aJobRuns() throws StoreException {
        db = new TestDatabase();
        recorder = newRecorder();
        run();
        cycle();
    }

    @AfterEach
    void close() {
        db.close();
    }

    private StatusRecorder newRecorder() {
        return new StatusRecorder(db.database, shown.board, clock, INTERVAL, FORGET_AFTER, false);
    }

    private void run() {
        shown.show(Views.listing(clock.instant(), "a"));
        shown.show(Views.view(
                "a", JobMode.SCALING, Steps.hold(HoldReason.WITHIN_BAND, "").decision(), clock.instant()));
    }

    private void vanish(End... ended) {
        shown.forget(job("a").key());
        shown.show(Views.listing(clock.instant(), List.of(ended), List.of()));
    }

    private void cycle() {
        clock.advance(INTERVAL);
        recorder.run();
    }

    /** Cycles in which the board stays as it is, but for the time of the listing. */
    private void pass(Duration time, Runnable show) {
        for (Instant end = clock.instant().plus(time); clock.instant().isBefore(end); ) {
            clock.advance(Duration.ofMinutes(1));
            show.run();
            recorder.run();
        }
    }

    private Collection<Object> end(String table) {
        return db.rows("SELECT ended_at, ended_how FROM " + table).get(0).values();
    }

    private static long ms(Instant time) {
        return time.toEpochMilli();
    }

    private void assertThatNothingHasEnded() {
        assertThat(end("job_run")).containsExactly(null, null);
        assertThat(end("application")).containsExactly(null, null);
    }

    @Test
    void whatIsListedIsSeenOnceAMinute() {
        pass(Duration.ofMinutes(3), this::run);
        for (String table : List.of("job_run", "application")) {
            assertThat(db.rows("SELECT first_seen, last_seen FROM " + table)
                            .get(0)
                            .values())
                    .containsExactly(ms(NOW.plus(INTERVAL)), ms(clock.instant()));
        }
    }

    @Test
    void anApplicationWithoutAnyJobThatCouldBeReadIsARowToo() {
        shown.show(Views.listing(NOW, List.of(), List.of(new Problem("b", "no answer")), "a", "b"));
        cycle();
        assertThat(db.rows("SELECT application_id, queue_name, tags FROM application ORDER BY application_id"))
                .extracting(row -> row.values().toString())
                .containsExactly("[a, root.prod, team-a]", "[b, root.prod, team-a]");
    }

    @Test
    void anApplicationThatYarnHasKilledEndsWithItsRuns() {
        vanish(KILLED);
        cycle();
        assertThat(end("job_run")).containsExactly(ms(NOW.plusSeconds(15)), "YARN: KILLED");
        assertThat(end("application")).containsExactly(ms(NOW.plusSeconds(15)), "YARN: KILLED");
    }

    @Test
    void aJobThatFlinkCallsFinishedEndsAndItsApplicationDoesNot() {
        shown.forget(job("a").key());
        End finished = new End("a", Optional.of(job("a").key().jobId()), "Flink: FINISHED", Optional.empty());
        shown.show(Views.listing(clock.instant(), List.of(finished), List.of(), "a"));
        cycle();
        assertThat(end("job_run")).containsExactly(ms(clock.instant()), "Flink: FINISHED");
        assertThat(end("application")).containsExactly(null, null);
    }

    @Test
    void aRescaleThatIsUnderWayEndsWithItsRun() throws Exception {
        JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(db.database, true, "a test");
        store.save(job("a"), 0, Steps.rescale(4, NOW), NOW);
        store.save(job("b"), 0, Steps.rescale(4, NOW), NOW);
        vanish(KILLED);
        cycle();
        assertThat(outcome("a"))
                .containsExactly(
                        "JOB_ENDED",
                        ms(NOW.plusSeconds(15)),
                        "the job ended before it was seen to run so, YARN: KILLED");
        assertThat(outcome("b")).startsWith("REQUESTED");
        assertThat(new RescaleHistory(db.database).latest(10))
                .extracting(RescaleHistory.Rescale::phase)
                .containsExactly(Phase.REQUESTED, Phase.JOB_ENDED);
    }

    @Test
    void aRescaleThatATickWritesJustAfterItsRunHasEndedEndsSoonAfter() throws Exception {
        JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(db.database, true, "a test");
        vanish(KILLED);
        cycle();
        store.save(job("a"), 0, Steps.rescale(4, NOW), NOW);
        pass(Duration.ofMinutes(4), () -> vanish(KILLED));
        assertThat(outcome("a")).startsWith("REQUESTED");
        pass(Duration.ofMinutes(2), () -> vanish(KILLED));
        assertThat(outcome("a")).startsWith("JOB_ENDED", ms(NOW.plusSeconds(15)));
    }

    @Test
    void aRescaleOfARunThatIsThereAgainGoesOn() throws Exception {
        JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(db.database, true, "a test");
        vanish(KILLED);
        cycle();
        run();
        cycle();
        store.save(job("a"), 0, Steps.rescale(4, NOW), NOW);
        pass(Duration.ofMinutes(10), this::run);
        assertThat(outcome("a")).startsWith("REQUESTED");
    }

    @Test
    void aRescaleThatCameToRunStaysSoWhenItsRunEnds() throws Exception {
        JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(db.database, true, "a test");
        Step rescale = Steps.rescale(4, NOW);
        long version = store.save(job("a"), 0, rescale, NOW);
        Reconciliation runs = rescale.state()
                .reconciliation()
                .orElseThrow()
                .with(Phase.RUNNING, NOW.plusSeconds(5), Optional.empty());
        store.saveOutcome(job("a"), version, rescale.state().withReconciliation(runs), NOW.plusSeconds(5));
        vanish(KILLED);
        cycle();
        assertThat(outcome("a")).startsWith("RUNNING", ms(NOW.plusSeconds(5)));
    }

    @Test
    void aRescaleOfARunThatIsForgottenEndsWhenTheRunWasSeenLast() throws Exception {
        JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(db.database, true, "a test");
        store.save(job("a"), 0, Steps.rescale(4, NOW), NOW);
        vanish();
        pass(FORGET_AFTER.plusMinutes(2), this::vanish);
        assertThat(outcome("a"))
                .startsWith("JOB_ENDED", end("job_run").iterator().next())
                .last()
                .asString()
                .endsWith("not seen for 1 h");
    }

    private Collection<Object> outcome(String application) {
        return db.rows("SELECT d.phase, d.phase_since, d.phase_detail FROM decision d JOIN job_run r"
                        + " ON r.id = d.job_run_id WHERE d.kind = 'EXECUTED' AND r.application_id = '" + application
                        + "'")
                .get(0)
                .values();
    }

    @Test
    void aRunThatIsSeenAgainHasNotEnded() {
        vanish(KILLED);
        cycle();
        recorder = newRecorder();
        run();
        cycle();
        assertThatNothingHasEnded();
    }

    @Test
    void anEndThatIsToldOfARunOnTheBoardIsNotBelieved() {
        shown.show(Views.listing(clock.instant(), List.of(KILLED), List.of(), "a"));
        cycle();
        assertThatNothingHasEnded();
    }

    @Test
    void aRunThatIsNotListedForAnHourCountsAsEnded() {
        vanish();
        cycle();
        pass(Duration.ofMinutes(59), this::vanish);
        assertThatNothingHasEnded();
        pass(Duration.ofMinutes(1), this::vanish);
        assertThat(end("job_run")).containsExactly(ms(NOW.plus(INTERVAL)), "not seen for 1 h");
        assertThat(end("application")).containsExactly(ms(NOW.plus(INTERVAL)), "not seen for 1 h");
    }

    @Test
    void aClusterThatWasAwayStartsTheHourAnew() {
        vanish();
        pass(Duration.ofMinutes(50), this::vanish);
        shown.show(Views.away(clock.instant()));
        cycle();
        pass(Duration.ofMinutes(50), this::vanish);
        assertThatNothingHasEnded();
        pass(Duration.ofMinutes(11), this::vanish);
        assertThat(end("job_run")).doesNotContainNull();
    }

    @Test
    void aDaemonThatWasDownStartsTheHourAnew() {
        vanish();
        pass(Duration.ofMinutes(50), this::vanish);
        clock.advance(Duration.ofHours(5));
        recorder = newRecorder();
        pass(Duration.ofMinutes(50), this::vanish);
        assertThatNothingHasEnded();
        pass(Duration.ofMinutes(11), this::vanish);
        assertThat(end("job_run")).doesNotContainNull();
    }

    @Test
    void timeInWhichNobodyLookedDoesNotCount() {
        vanish();
        cycle();
        clock.advance(Duration.ofHours(5));
        vanish();
        cycle();
        assertThatNothingHasEnded();
    }

    @Test
    void aRunOfAnApplicationThatCouldNotBeReadIsNotForgotten() {
        pass(Duration.ofHours(3), () -> {
            shown.forget(job("a").key());
            shown.show(Views.listing(clock.instant(), List.of(), List.of(new Problem("a", "no answer")), "a"));
        });
        assertThatNothingHasEnded();
    }
}
