package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.hold;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Absence;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.ConflictException;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Stored;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import io.flinkyarn.autoscaler.testing.LogLines;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of samples that are written late: when the process is killed, when another one takes over, and while the database is away. */
class LateWritesTest {

    private TestDatabase db;
    private JdbcAutoScalerStateStore store;

    @BeforeEach
    void open() throws StoreException {
        db = new TestDatabase();
        store = newStore();
    }

    @AfterEach
    void close() {
        db.close();
    }

    private JdbcAutoScalerStateStore newStore() {
        return new JdbcAutoScalerStateStore(db.database, true, "a test", 5);
    }

    /** Three samples of a window of which the last is number {@code last}. */
    private static JobState until(int last) {
        return Steps.window(3, last, NOW);
    }

    private static Instant at(int last) {
        return NOW.plusSeconds(10L * last);
    }

    private long save(String job, long version, int last) throws Exception {
        return store.save(job(job), version, hold(until(last)), at(last));
    }

    /** What a process finds that is started after this one was killed. */
    private Optional<Stored> afterKill(String job) throws StoreException {
        return newStore().load(job(job).key());
    }

    @Test
    void aKillLosesWhatWasNotFlushed() throws Exception {
        long version = save("a", 0, 3);
        assertThat(save("a", version, 4)).isEqualTo(version);
        store.flush(at(4));
        assertThat(save("a", version, 5)).isEqualTo(version);
        assertThat(afterKill("a")).contains(new Stored(until(4), version));
        store.close();
        assertThat(afterKill("a")).contains(new Stored(until(5), version));
    }

    @Test
    void aWindowThatBeganAnewIsNeverMixedWithTheOneBefore() throws Exception {
        long version = save("a", 0, 3);
        save("a", version, 4);
        JobState anew = Steps.window(1, 9, NOW);
        version = store.save(job("a"), version, hold(anew), at(9));
        store.flush(at(9));
        assertThat(db.count("metric_sample")).isEqualTo(1);
        assertThat(afterKill("a")).contains(new Stored(anew, version));
    }

    @Test
    void anEmptyWindowTakesThePlaceOfTheOneBefore() throws Exception {
        long version = save("a", 0, 3);
        JobState empty = until(3).withWindow(new MetricsWindow(until(3).window().vertices(), List.of()));
        version = store.save(job("a"), version, hold(empty), at(4));
        assertThat(afterKill("a")).contains(new Stored(empty, version));
    }

    @Test
    void samplesOfAnEarlierWindowOrOfOtherVerticesAreNotReadWhereverTheyComeFrom() throws Exception {
        long version = save("a", 0, 9);
        db.database
                .jdbi()
                .useHandle(h -> SampleRows.insert(
                        h,
                        List.of(
                                new Sample(
                                        job("a").key(),
                                        1,
                                        at(1),
                                        until(3).window().newest()),
                                new Sample(
                                        job("a").key(), 1, at(1), new MetricsWindow.Row(at(8).plusMillis(1), 1.0)))));
        assertThat(afterKill("a")).contains(new Stored(until(9), version));
    }

    @Test
    void aProcessThatWasOvertakenWritesNoSamplesAndIsToldWithItsNextCycle() throws Exception {
        long version = save("a", 0, 3);
        save("a", version, 4);
        JdbcAutoScalerStateStore other = newStore();
        other.load(job("a").key());
        long theirs = other.save(job("a"), version, hold(until(3)), at(4));
        assertThat(theirs).as("the first save after a load is written").isGreaterThan(version);

        store.flush(at(4));

        assertThat(afterKill("a")).contains(new Stored(until(3), theirs));
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> save("a", version, 5));
    }

    @Test
    void aFlushWhoseAnswerWasLostIsRepeated() throws Exception {
        long version = save("a", 0, 3);
        save("a", version, 4);
        db.database
                .jdbi()
                .useHandle(h -> SampleRows.insert(
                        h,
                        List.of(new Sample(
                                job("a").key(), 1, at(2), until(4).window().newest()))));
        store.flush(at(4));
        assertThat(store.absence()).isEmpty();
        assertThat(afterKill("a")).contains(new Stored(until(4), version));
    }

    @Test
    void whileTheDatabaseIsAwayJobsAreObservedAndNothingIsDecided() throws Exception {
        long version = save("a", 0, 3);
        try (LogLines log = new LogLines(JdbcAutoScalerStateStore.class)) {
            rename("metric_sample", "hidden");
            save("a", version, 4);
            store.flush(at(4));
            store.flush(at(5));
            assertThat(save("a", version, 5)).isEqualTo(version);
            Absence absence = store.absence().orElseThrow();
            assertThat(absence.since()).isEqualTo(at(4));
            assertThat(absence.waiting()).isEqualTo(2);

            rename("hidden", "metric_sample");
            assertThatExceptionOfType(StoreException.class)
                    .as("it is not asked before the flush has found it back")
                    .isThrownBy(() -> store.save(job("a"), version, Steps.rescale(4, at(6)), at(6)))
                    .withMessageContaining(" since " + at(4) + ": jdbc:");
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.load(job("b").key()));
            store.flush(at(6));
            assertThat(store.absence()).isEmpty();
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().get(0))
                    .startsWith("WARN Cannot write samples in ")
                    .endsWith("; until the database answers, jobs are observed and nothing is decided,"
                            + " up to 5 samples are kept");
            assertThat(log.lines().get(1))
                    .isEqualTo("INFO the database answers again; it was away since " + at(4)
                            + ", 0 samples were given up");
        }
        assertThat(store.save(job("a"), version, hold(until(7)), at(7)))
                .as("the decision that could not be saved has left nothing behind")
                .isEqualTo(version + 1);
        assertThat(afterKill("a")).contains(new Stored(until(7), version + 1));
    }

    @Test
    void theOldestSamplesAreGivenUpWhenTooManyWait() throws Exception {
        long a = save("a", 0, 3);
        long b = save("b", 0, 3);
        rename("metric_sample", "hidden");
        for (int last = 4; last <= 6; last++) {
            save("a", a, last);
            save("b", b, last);
            store.flush(at(last));
        }
        Absence absence = store.absence().orElseThrow();
        assertThat(absence.waiting()).isEqualTo(5);
        assertThat(absence.lost()).isEqualTo(1);
        rename("hidden", "metric_sample");
        store.flush(at(7));
        assertThat(afterKill("b")).contains(new Stored(until(6), b));
        assertThat(afterKill("a").orElseThrow().state().window().rows())
                .as("a gap")
                .containsExactlyElementsOf(until(6).window().rows().subList(1, 3));
    }

    private void rename(String table, String name) {
        db.database.jdbi().useHandle(h -> h.execute("ALTER TABLE " + table + " RENAME TO " + name));
    }
}
