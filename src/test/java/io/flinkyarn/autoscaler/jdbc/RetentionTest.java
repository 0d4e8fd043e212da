package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.contract.StateStoreContract;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final Duration KEPT = Duration.ofDays(90);

    private final List<Duration> rests = new ArrayList<>();
    private TestDatabase db;

    @BeforeEach
    void open() throws Exception {
        db = new TestDatabase();
        JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(db.database, true, "a test");
        long version = store.save(job("a"), 0, Steps.rescale(4, NOW), NOW);
        version = store.save(job("a"), version, Steps.rescale(8, NOW.plusSeconds(60)), NOW.plusSeconds(60));
        store.save(job("a"), version, Steps.hold(HoldReason.WITHIN_BAND, ""), NOW.plusSeconds(120));
        new JdbcAutoScalerEventHandler(db.database)
                .handle(job("a"), Steps.event("young", Optional.empty()), NOW.plus(KEPT));
    }

    @AfterEach
    void close() {
        db.close();
    }

    private Retention keeping(Duration history) {
        return new Retention(db.database, history, Duration.ZERO, rests::add);
    }

    @Test
    void deletesWhatIsOlderThanIsKept() throws Exception {
        assertThat(keeping(KEPT).apply(NOW.plus(KEPT).plusSeconds(30))).isEqualTo(2);
        assertThat(db.count("decision")).isEqualTo(2);
        assertThat(db.count("vertex_change")).isEqualTo(3);
        assertThat(db.rows("SELECT message FROM event ORDER BY id"))
                .extracting(row -> row.get("message"))
                .containsExactly("scaled", "young");
    }

    @Test
    void leavesTheStateAndTheNewestDecisionOfAJob() throws Exception {
        keeping(KEPT).apply(NOW.plus(KEPT.multipliedBy(10)));
        assertThat(db.rows("SELECT reason FROM decision"))
                .extracting(row -> row.get("reason"))
                .containsExactly("WITHIN_BAND");
        assertThat(db.count("job_state")).isEqualTo(1);
        assertThat(db.count("event")).isZero();
    }

    @Test
    void deletesTheWindowsOfRunsThatEndedADayAgo() throws Exception {
        JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(db.database, true, "a test");
        for (int i = 0; i < 50; i++) {
            store.save(job("run-" + i), 0, StateStoreContract.hold(Steps.window(3, 3, NOW)), NOW);
        }
        Retention retention = keeping(Duration.ZERO);
        retention.apply(NOW.plus(KEPT));
        assertThat(db.count("metric_sample")).isEqualTo(150);
        db.execute("UPDATE job_run SET ended_at = " + NOW.toEpochMilli() + " WHERE application_id <> 'run-7'");
        retention.apply(NOW.plus(Duration.ofDays(1)));
        assertThat(db.count("metric_sample")).as("not yet a day").isEqualTo(150);
        int decisions = db.count("decision");
        retention.apply(NOW.plus(Duration.ofDays(1)).plusMillis(1));
        assertThat(db.count("metric_sample"))
                .as("those of a run that has not ended")
                .isEqualTo(3);
        assertThat(db.count("job_state")).isEqualTo(51);
        assertThat(db.count("job_run")).isEqualTo(51);
        assertThat(db.count("decision")).isEqualTo(decisions);
    }

    @Test
    void aRunThatComesBackWithoutItsWindowFillsItAnew() throws Exception {
        JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(db.database, true, "a test");
        long version = store.save(job("b"), 0, StateStoreContract.hold(Steps.window(3, 3, NOW)), NOW);
        db.execute("UPDATE job_run SET ended_at = " + NOW.toEpochMilli());
        Instant later = NOW.plus(Duration.ofDays(2));
        keeping(Duration.ZERO).apply(later);
        assertThat(samplesOf("b")).isZero();
        store.save(job("b"), version, StateStoreContract.hold(Steps.window(2, 2, later)), later);
        assertThat(samplesOf("b")).isEqualTo(2);
    }

    /** As the next process reads them. */
    private int samplesOf(String job) throws StoreException {
        return new JdbcAutoScalerStateStore(db.database, true, "a test")
                .load(job(job).key())
                .orElseThrow()
                .state()
                .window()
                .size();
    }

    @Test
    void deletesMoreThanOneBatch() throws Exception {
        db.database.jdbi().useHandle(handle -> {
            PreparedBatch batch = handle.prepareBatch("INSERT INTO event (job_run_id, event_type, reason, event_key,"
                    + " message, first_seen, last_seen, occurrences) VALUES (1, 'Normal', 'Scaling', '', '', ?, ?, 1)");
            for (int i = 0; i < 1234; i++) {
                batch.add(i, i);
            }
            batch.execute();
        });
        assertThat(keeping(KEPT).apply(NOW)).isEqualTo(1234);
        assertThat(rests).as("one after each batch").hasSizeGreaterThanOrEqualTo(1234 / 200);
    }

    @Test
    void deletesTheUseOfSlotsAndProblemsThatAreOverWithTheHistory() throws Exception {
        long old = NOW.toEpochMilli();
        db.execute("INSERT INTO slot_usage (job_run_id, hour_start, observed_ms, slot_ms, recommended_slot_ms)"
                + " VALUES (1, " + old + ", 1, 1, 1), (1, " + (old + 3_600_000) + ", 2, 2, 2)");
        db.execute("INSERT INTO slot_usage_day (job_run_id, day_start, observed_ms, slot_ms, recommended_slot_ms)"
                + " VALUES (1, " + old + ", 1, 1, 1), (1, " + (old + 86_400_000) + ", 2, 2, 2)");
        db.execute("INSERT INTO cluster_problem (cluster, subject, message, first_seen, last_seen, ended_at)"
                + " VALUES ('c', 'over', '', 1, 1, 1), ('c', 'lasts', '', 1, 1, NULL)");
        keeping(KEPT).apply(NOW.plus(KEPT).plusSeconds(30));
        assertThat(db.one("SELECT observed_ms FROM slot_usage", Long.class)).isEqualTo(2);
        assertThat(db.one("SELECT observed_ms FROM slot_usage_day", Long.class)).isEqualTo(2);
        assertThat(db.one("SELECT subject FROM cluster_problem", String.class)).isEqualTo("lasts");
    }

    @Test
    void deletesMetricsOfMinutesByTheirOwnTime() throws Exception {
        long old = NOW.toEpochMilli();
        db.execute("INSERT INTO metric_minute (job_run_id, minute_start, vertex_id, parallelism)" + " VALUES (1, " + old
                + ", 'a', 1), (1, " + old + ", 'b', 1), (1, " + (old + 60_000) + ", 'a', 1)");
        Retention aDay = new Retention(db.database, Duration.ZERO, Duration.ofDays(1), rests::add);
        assertThat(aDay.apply(NOW.plus(Duration.ofDays(1)).plusSeconds(30))).isEqualTo(2);
        assertThat(db.count("metric_minute")).isEqualTo(1);
        assertThat(db.count("decision")).isEqualTo(3);
    }

    @Test
    void keepsEverythingWhereNothingIsToBeDeleted() throws Exception {
        assertThat(keeping(Duration.ZERO).apply(NOW.plus(KEPT.multipliedBy(10))))
                .isZero();
        assertThat(db.count("decision")).isEqualTo(3);
    }
}
