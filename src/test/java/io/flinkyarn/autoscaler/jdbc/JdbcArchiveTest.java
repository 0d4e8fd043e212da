package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.Archive.Row;
import io.flinkyarn.autoscaler.control.Archive.Today;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pages ask of the past. */
class JdbcArchiveTest {

    private static final Instant LATER = NOW.plusSeconds(60);
    private static final LocalDate DAY = NOW.atOffset(ZoneOffset.UTC).toLocalDate();

    private TestDatabase db;
    private JdbcArchive archive;

    @BeforeEach
    void aRescaleThatCameToRunAndAHold() throws Exception {
        db = new TestDatabase();
        archive = new JdbcArchive(db.database);
        JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(db.database, true, "a test");
        Step rescale = Steps.rescale(4, NOW);
        long version = store.save(job("a"), 0, rescale, NOW);
        Reconciliation open = rescale.state().reconciliation().orElseThrow();
        for (Phase phase : List.of(Phase.ACCEPTED, Phase.RUNNING)) {
            open = open.with(phase, NOW.plusSeconds(30), Optional.empty());
            version =
                    store.saveOutcome(job("a"), version, rescale.state().withReconciliation(open), NOW.plusSeconds(30));
        }
        store.save(job("a"), version, Steps.hold(HoldReason.WITHIN_BAND, "as it should be"), LATER);
        new JdbcAutoScalerEventHandler(db.database)
                .handle(job("a"), Steps.event("one to remember", Optional.empty()), LATER);
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void theDecisionsOfAJobComeNewestFirstAndInPages() throws StoreException {
        List<Row> first = archive.decisions(job("a").key(), OptionalLong.empty(), 1);
        assertThat(first)
                .singleElement()
                .satisfies(row -> assertThat(row.columns())
                        .containsEntry("kind", "HELD")
                        .containsEntry("reason", "WITHIN_BAND")
                        .containsEntry("detail", "as it should be")
                        .containsEntry("decidedAt", LATER.truncatedTo(ChronoUnit.MILLIS)));
        List<Row> second = archive.decisions(job("a").key(), first.get(0).number("id"), 1);
        assertThat(second)
                .singleElement()
                .satisfies(row -> assertThat(row.columns())
                        .containsEntry("kind", "EXECUTED")
                        .containsEntry("phase", "RUNNING")
                        .containsEntry("runningAt", NOW.plusSeconds(30).truncatedTo(ChronoUnit.MILLIS))
                        .containsEntry("decidedBy", "a test"));
        assertThat(archive.decisions(job("a").key(), second.get(0).number("id"), 1))
                .isEmpty();
        assertThat(archive.decisions(job("b").key(), OptionalLong.empty(), 1)).isEmpty();
    }

    @Test
    void aDecisionIsToldWithItsVerdictsAndOnlyToItsOwnJob() throws StoreException {
        long id = rescale();
        assertThat(archive.decision(job("a").key(), id)).isPresent();
        assertThat(archive.decision(job("b").key(), id)).isEmpty();
        assertThat(archive.verdicts(id)).hasSize(3);
        assertThat(archive.verdicts(id).get(1).columns())
                .containsEntry("name", "price")
                .containsEntry("outcome", "SCALE_UP")
                .containsEntry("trueProcessingRate", 1000.04)
                .containsEntry("receivesNothing", false);
    }

    @Test
    void eventsAndRescalesOfAVertexAreFound() throws StoreException {
        assertThat(archive.events(job("a").key(), 10).get(0).columns())
                .containsEntry("message", "one to remember")
                .containsEntry("type", "Warning");
        List<Row> rescales = archive.rescales(job("a").key(), Steps.MAP.hex(), NOW.minusSeconds(1), NOW.plusSeconds(1));
        assertThat(rescales)
                .singleElement()
                .satisfies(row -> assertThat(row.number("decision")).hasValue(rescale()));
        assertThat(archive.rescales(job("a").key(), Steps.SOURCE.hex(), NOW.minusSeconds(1), NOW.plusSeconds(1)))
                .isEmpty();
    }

    @Test
    void theMinutesOfAVertexAreFoundInTheirOrder() throws StoreException {
        Instant minute = NOW.truncatedTo(ChronoUnit.MINUTES);
        for (int i : new int[] {2, 0, 1}) {
            db.execute(
                    "INSERT INTO metric_minute (job_run_id, minute_start, vertex_id, parallelism, target_rate) SELECT id, "
                            + minute.plus(Duration.ofMinutes(i)).toEpochMilli() + ", '" + Steps.MAP.hex() + "', "
                            + (i + 1)
                            + ", 10.5 FROM job_run");
        }
        assertThat(archive.minutes(job("a").key(), Steps.MAP.hex(), minute, minute.plus(Duration.ofMinutes(2))))
                .extracting(row -> row.number("parallelism").orElseThrow())
                .containsExactly(1L, 2L);
    }

    @Test
    void allJobsAreCountedByTheDay() throws StoreException {
        assertThat(archive.rescalesByDay(DAY))
                .singleElement()
                .satisfies(row ->
                        assertThat(row.columns()).containsEntry("dayUtc", DAY).containsEntry("phase", "RUNNING"));
        assertThat(archive.rescalesByDay(DAY.plusDays(1))).isEmpty();
        assertThat(archive.restartTimes(DAY)).containsExactly(30_000L);
        assertThat(archive.latestRescales(5))
                .singleElement()
                .satisfies(row -> assertThat(row.columns())
                        .containsEntry("applicationId", job("a").key().applicationId())
                        .containsEntry("restartMs", 30_000L));
    }

    @Test
    void todayIsWhatFlinkHasTakenAndWhatWasSaved() throws StoreException {
        db.execute(
                "INSERT INTO slot_usage_day (job_run_id, day_start, observed_ms, slot_ms, recommended_slot_ms) SELECT id, "
                        + DAY.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
                        + ", 3600000, 14400000, 7200000 FROM job_run");
        assertThat(archive.today(DAY)).containsOnlyKeys(job("a").key()).containsValue(new Today(1, 2.0));
        assertThat(archive.today(DAY.plusDays(1))).isEmpty();
    }

    private long rescale() throws StoreException {
        return archive.decisions(job("a").key(), OptionalLong.empty(), 2)
                .get(1)
                .number("id")
                .orElseThrow();
    }
}
