package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people find in the database after a decision. */
class DecisionHistoryTest {

    private TestDatabase db;
    private JdbcAutoScalerStateStore store;

    @BeforeEach
    void open() throws StoreException {
        db = new TestDatabase();
        store = new JdbcAutoScalerStateStore(db.database, true, "a test");
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void showsARescaleAsARowPerChangedVertex() throws Exception {
        store.save(job("a"), 0, Steps.rescale(4, NOW), NOW);

        assertThat(
                        db.rows(
                                "SELECT decided_utc, job_name, vertex_name, from_parallelism, to_parallelism,"
                                        + " true_processing_rate, target_rate, reason, outcome FROM v_rescales ORDER BY vertex_position"))
                .extracting(row -> row.values().stream().map(String::valueOf).toList())
                .containsExactly(
                        List.of(
                                "2026-03-01T12:00:00.123",
                                "a job",
                                "price",
                                "2",
                                "4",
                                "1000.0",
                                "1500.5",
                                "too slow, below its scale-up threshold of 1600/s: it needs 2172/s,"
                                        + " 5 limited to 4 by scale-up.max-factor",
                                "REQUESTED"),
                        List.of(
                                "2026-03-01T12:00:00.123",
                                "a job",
                                "Sink: orders",
                                "3",
                                "1",
                                "null",
                                "1500.5",
                                "it receives nothing, 2 limited to 1 by scale-up.max-factor",
                                "REQUESTED"));
    }

    @Test
    void keepsTheArithmeticOfEveryVertex() throws Exception {
        store.save(job("a"), 0, Steps.rescale(4, NOW), NOW);

        assertThat(db.rows("SELECT * FROM vertex_change ORDER BY vertex_position"))
                .extracting(
                        row -> row.get("vertex_id"),
                        row -> row.get("raw_parallelism"),
                        row -> row.get("limited_by"),
                        row -> row.get("true_processing_rate"),
                        row -> row.get("receives_nothing"),
                        row -> row.get("expected_rate"),
                        row -> row.get("lag_records"),
                        row -> row.get("outside_band"))
                .containsExactly(
                        Tuple.tuple(Steps.SOURCE.hex(), 2, "SCALE_UP_MAX_FACTOR", 5000.0, 0, 5000.0, 12345.0, 0),
                        Tuple.tuple(Steps.MAP.hex(), 5, "SCALE_UP_MAX_FACTOR", 1000.04, 0, 2000.08, null, 1),
                        Tuple.tuple(Steps.SINK.hex(), 2, "SCALE_UP_MAX_FACTOR", null, 1, null, null, 1));
        assertThat(db.rows("SELECT kind, reason FROM decision"))
                .singleElement()
                .satisfies(row ->
                        assertThat(row).containsEntry("kind", "EXECUTED").containsEntry("reason", "SCALE_UP_AND_DOWN"));
    }

    @Test
    void saysWhatMadeUsDecideAndWhoDid() throws Exception {
        long version = store.save(job("a"), 0, Steps.recommendation(4), NOW);
        store.save(job("a"), version, Steps.restoration(4, NOW.plusSeconds(10)), NOW.plusSeconds(10));

        assertThat(db.rows("SELECT kind, detail, triggered_by, decided_by FROM v_decisions ORDER BY decided_at"))
                .extracting(row -> row.values().stream().map(String::valueOf).toList())
                .containsExactly(
                        List.of("RECOMMENDED", "scaling is switched off: recommendations only", "METRICS", "a test"),
                        List.of("EXECUTED", "an earlier run of the job ran well so", "RESTORE", "a test"));
        assertThat(db.rows("SELECT vertex_name, triggered_by, decided_by FROM v_rescales ORDER BY vertex_position"))
                .extracting(row -> row.values().stream().map(String::valueOf).toList())
                .containsExactly(List.of("price", "RESTORE", "a test"), List.of("Sink: orders", "RESTORE", "a test"));
    }

    @Test
    void followsARescaleUntilTheJobRuns() throws Exception {
        Step step = Steps.rescale(4, NOW);
        long version = store.save(job("a"), 0, step, NOW);
        version = saveOutcome(version, step.state(), Phase.ACCEPTED, NOW.plusMillis(40), Optional.empty());
        saveOutcome(version, step.state(), Phase.RUNNING, NOW.plusMillis(12_345), Optional.of("in 2 TaskManagers"));

        RescaleHistory.Rescale rescale =
                new RescaleHistory(db.database).latest(5).get(0);
        assertThat(rescale.phase()).isEqualTo(Phase.RUNNING);
        assertThat(rescale.detail()).contains("in 2 TaskManagers");
        assertThat(rescale.restart()).contains(Duration.ofMillis(12_345));
        assertThat(rescale.decidedAt()).isEqualTo(NOW.truncatedTo(ChronoUnit.MILLIS));
        assertThat(rescale.changes())
                .extracting(RescaleHistory.Change::vertexName, RescaleHistory.Change::from, RescaleHistory.Change::to)
                .containsExactly(Tuple.tuple("price", 2, 4), Tuple.tuple("Sink: orders", 3, 1));
        assertThat(db.rows("SELECT accepted_at - decided_at AS accepted_ms, seconds_to_running FROM"
                        + " (SELECT d.accepted_at, v.* FROM v_rescales v JOIN decision d ON d.id = v.decision_id) x"))
                .allSatisfy(row ->
                        assertThat(row.values()).extracting(String::valueOf).containsExactly("40", "12.3"));
    }

    @Test
    void aRescaleThatLackedSlotsMayStillComeToRun() throws Exception {
        Step step = Steps.rescale(4, NOW);
        long version = store.save(job("a"), 0, step, NOW);
        version = saveOutcome(version, step.state(), Phase.ACCEPTED, NOW.plusSeconds(1), Optional.empty());
        version = saveOutcome(
                version, step.state(), Phase.NOT_REACHED, NOW.plusSeconds(60), Optional.of("not reached: 2 of 4"));
        assertThat(phase()).isEqualTo(Phase.NOT_REACHED);

        saveOutcome(version, step.state(), Phase.RUNNING, NOW.plusSeconds(7200), Optional.empty());

        assertThat(phase()).isEqualTo(Phase.RUNNING);
    }

    private Phase phase() throws Exception {
        return new RescaleHistory(db.database).latest(1).get(0).phase();
    }

    @Test
    void listsTheLatestRescalesOnly() throws Exception {
        long version = store.save(job("a"), 0, Steps.rescale(4, NOW), NOW);
        version = store.save(job("a"), version, Steps.rescale(8, NOW.plusSeconds(60)), NOW.plusSeconds(60));
        store.save(job("a"), version, Steps.rescale(9, NOW.plusSeconds(120)), NOW.plusSeconds(120));

        assertThat(new RescaleHistory(db.database).latest(2))
                .extracting(rescale -> rescale.changes().get(0).to())
                .containsExactly(9, 8);
    }

    @Test
    void closesARescaleThatALaterOneOvertakes() throws Exception {
        long version = store.save(job("a"), 0, Steps.rescale(4, NOW), NOW);
        store.save(job("a"), version, Steps.rescale(8, NOW.plusSeconds(60)), NOW.plusSeconds(60));

        assertThat(db.rows("SELECT phase FROM decision ORDER BY id"))
                .extracting(row -> row.get("phase"))
                .containsExactly("SUPERSEDED", "REQUESTED");
    }

    @Test
    void writesAHoldWhenItsReasonChangesAndNotBefore() throws Exception {
        long version = 0;
        for (Step step : List.of(
                Steps.hold(HoldReason.WINDOW_FILLING, "3 of 15 minutes"),
                Steps.hold(HoldReason.WINDOW_FILLING, "4 of 15 minutes"),
                Steps.hold(HoldReason.WITHIN_BAND, ""),
                Steps.hold(HoldReason.WITHIN_BAND, ""),
                Steps.hold(HoldReason.WINDOW_FILLING, "1 of 15 minutes"))) {
            version = store.save(job("a"), version, step, NOW.plusSeconds(version));
        }
        assertThat(db.rows("SELECT kind, reason, detail FROM decision ORDER BY id"))
                .extracting(row -> List.copyOf(row.values()))
                .containsExactly(
                        List.of("HELD", "WINDOW_FILLING", "3 of 15 minutes"),
                        List.of("HELD", "WITHIN_BAND", "every vertex runs inside its utilization band"),
                        List.of("HELD", "WINDOW_FILLING", "1 of 15 minutes"));
    }

    @Test
    void writesARecommendationWhenItChangesAndNotBefore() throws Exception {
        long version = 0;
        for (int parallelism : new int[] {4, 4, 5, 5}) {
            // as after a restart of the daemon
            store = new JdbcAutoScalerStateStore(db.database, true, "a test");
            version = store.save(job("a"), version, Steps.recommendation(parallelism), NOW.plusSeconds(version));
        }
        assertThat(db.rows("SELECT d.kind, v.to_parallelism FROM decision d JOIN vertex_change v"
                        + " ON v.decision_id = d.id AND v.vertex_name = 'price' ORDER BY d.id"))
                .extracting(row -> List.copyOf(row.values()))
                .containsExactly(List.of("RECOMMENDED", 4), List.of("RECOMMENDED", 5));
        assertThat(db.count("v_rescales")).isZero();
    }

    @Test
    void writesNothingWhenOnePartCannotBeWritten() throws Exception {
        long version = store.save(job("a"), 0, Steps.hold(HoldReason.WITHIN_BAND, ""), NOW);
        Step rescale = Steps.rescale(4, NOW);
        db.execute("ALTER TABLE event ADD CONSTRAINT refused CHECK (message <> 'refuse me')");
        Step broken = new Step(
                rescale.state(),
                rescale.decision(),
                List.of(Steps.event("", Optional.empty()), Steps.event("refuse me", Optional.empty())));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.save(job("a"), version, broken, NOW.plusSeconds(10)))
                .withMessageStartingWith("Cannot save the state of job cluster/a/")
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1));

        assertThat(db.count("decision")).isEqualTo(1);
        assertThat(db.count("vertex_change")).isZero();
        assertThat(db.count("event")).isZero();
        assertThat(store.load(job("a").key())).hasValueSatisfying(stored -> {
            assertThat(stored.version()).isEqualTo(version);
            assertThat(stored.state()).isEqualTo(JobState.NEW);
        });
        assertThat(store.save(job("a"), version, rescale, NOW.plusSeconds(20))).isGreaterThan(version);
        assertThat(db.count("decision")).isEqualTo(2);
    }

    private long saveOutcome(long version, JobState state, Phase phase, Instant at, Optional<String> detail)
            throws Exception {
        Reconciliation next = state.reconciliation().orElseThrow().with(phase, at, detail);
        return store.saveOutcome(job("a"), version, state.withReconciliation(next), at);
    }
}
