package io.flinkyarn.autoscaler.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.ShownBoard;
import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The job takes 4 slots: 1 for its source, 3 for the group of its map and its sink. */
class SlotUsageTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Decision WITHIN_BAND =
            Steps.hold(HoldReason.WITHIN_BAND, "").decision();

    /** The map at 6: 7 slots. */
    private static final Decision SEVEN_SLOTS = Steps.recommendation(6).decision();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final ShownBoard shown = new ShownBoard();
    private TestDatabase db;
    private StatusRecorder recorder;

    @BeforeEach
    void open() throws StoreException {
        db = new TestDatabase();
        recorder = newRecorder();
    }

    @AfterEach
    void close() {
        db.close();
    }

    private StatusRecorder newRecorder() {
        return new StatusRecorder(db.database, shown.board, clock, INTERVAL, Duration.ofHours(1), false);
    }

    /** The job is served in a first cycle, and in those of the time after it. */
    private void serve(Duration time, JobMode mode, Decision decision) {
        Instant end = clock.instant().plus(time);
        while (!clock.instant().isAfter(end)) {
            shown.show(Views.view("a", mode, decision, clock.instant()));
            recorder.run();
            clock.advance(INTERVAL);
        }
    }

    private List<String> usage() {
        return usage("slot_usage", "hour_start");
    }

    private List<String> usage(String table, String start) {
        return db
                .rows("SELECT " + start + ", observed_ms, slot_ms, recommended_slot_ms FROM " + table + " ORDER BY "
                        + start)
                .stream()
                .map(row -> row.values().toString())
                .toList();
    }

    private static String usage(String start, Duration observed, int slots, int recommended) {
        long ms = observed.toMillis();
        return "[" + Instant.parse(start).toEpochMilli() + ", " + ms + ", " + ms * slots + ", " + ms * recommended
                + "]";
    }

    @Test
    void theSlotsOfAJobAreAddedUpByTheHour() {
        clock.set(Instant.parse("2026-03-01T12:58:00Z"));
        serve(Duration.ofMinutes(5), JobMode.SCALING, WITHIN_BAND);
        assertThat(usage())
                .containsExactly(
                        usage("2026-03-01T12:00:00Z", Duration.ofMinutes(2), 4, 4),
                        usage("2026-03-01T13:00:00Z", Duration.ofMinutes(3), 4, 4));
    }

    @Test
    void andByTheDay() {
        clock.set(Instant.parse("2026-03-01T22:58:00Z"));
        serve(Duration.ofMinutes(65), JobMode.OBSERVING, SEVEN_SLOTS);
        assertThat(usage("slot_usage_day", "day_start"))
                .containsExactly(
                        usage("2026-03-01T00:00:00Z", Duration.ofMinutes(62), 4, 7),
                        usage("2026-03-02T00:00:00Z", Duration.ofMinutes(3), 4, 7));
        assertThat(db.all("SELECT day_utc FROM v_slot_days ORDER BY day_utc", LocalDate.class))
                .containsExactly(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-02"));
    }

    @Test
    void anObservedJobWouldHaveUsedWhatIsRecommendedAndAScaledOneUsesWhatItUses() {
        serve(Duration.ofMinutes(2), JobMode.OBSERVING, SEVEN_SLOTS);
        assertThat(usage()).containsExactly(usage("2026-03-01T12:00:00Z", Duration.ofMinutes(2), 4, 7));
        clock.set(Instant.parse("2026-03-01T14:00:00Z"));
        serve(Duration.ofMinutes(2), JobMode.SCALING, SEVEN_SLOTS);
        assertThat(usage().get(1)).isEqualTo(usage("2026-03-01T14:00:00Z", Duration.ofMinutes(2), 4, 4));
    }

    @Test
    void aRestartGoesOnAddingAndLosesTheTimeInWhichItWasDown() {
        serve(Duration.ofMinutes(5), JobMode.SCALING, WITHIN_BAND);
        recorder.close();
        clock.advance(Duration.ofMinutes(10));
        recorder = newRecorder();
        serve(Duration.ofMinutes(5), JobMode.SCALING, WITHIN_BAND);
        recorder.close();
        assertThat(usage()).containsExactly(usage("2026-03-01T12:00:00Z", Duration.ofMinutes(10), 4, 4));
    }

    @Test
    void aKillLosesAMinuteAtMost() {
        serve(Duration.ofSeconds(110), JobMode.SCALING, WITHIN_BAND);
        assertThat(usage()).containsExactly(usage("2026-03-01T12:00:00Z", Duration.ofMinutes(1), 4, 4));
    }

    @Test
    void timeInWhichTheJobWasNotServedIsNotCounted() {
        serve(Duration.ofMinutes(1), JobMode.SCALING, WITHIN_BAND);
        for (int i = 0; i < 60; i++) {
            recorder.run();
            clock.advance(INTERVAL);
        }
        serve(Duration.ofMinutes(1), JobMode.SCALING, WITHIN_BAND);
        recorder.close();
        assertThat(usage()).containsExactly(usage("2026-03-01T12:00:00Z", Duration.ofMinutes(2), 4, 4));
    }

    @Test
    void whatCouldNotBeWrittenIsAddedOnceWhenItCan() {
        db.execute("ALTER TABLE slot_usage RENAME TO away");
        serve(Duration.ofMinutes(5), JobMode.SCALING, WITHIN_BAND);
        db.execute("ALTER TABLE away RENAME TO slot_usage");
        serve(Duration.ofMinutes(5), JobMode.SCALING, WITHIN_BAND);
        recorder.close();
        assertThat(usage())
                .containsExactly(
                        usage("2026-03-01T12:00:00Z", Duration.ofMinutes(10).plus(INTERVAL), 4, 4));
    }
}
