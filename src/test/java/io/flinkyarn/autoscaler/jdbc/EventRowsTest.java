package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventRowsTest {

    private static final Optional<Duration> HALF_AN_HOUR = Optional.of(Duration.ofMinutes(30));

    private TestDatabase db;
    private JdbcAutoScalerEventHandler handler;

    @BeforeEach
    void open() throws StoreException {
        db = new TestDatabase();
        handler = new JdbcAutoScalerEventHandler(db.database);
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void countsUpTheSameEventWithinItsInterval() {
        Instant later = NOW.plus(Duration.ofMinutes(29));
        handler.handle(job("a"), Steps.event("first", HALF_AN_HOUR), NOW);
        handler.handle(job("a"), Steps.event("second", HALF_AN_HOUR), later);
        assertThat(db.rows("SELECT message, occurrences, first_seen, last_seen FROM event"))
                .extracting(row -> List.copyOf(row.values()))
                .containsExactly(List.of("second", 2, NOW.toEpochMilli(), later.toEpochMilli()));
    }

    @Test
    void insertsAnotherRowAfterTheInterval() {
        handler.handle(job("a"), Steps.event("first", HALF_AN_HOUR), NOW);
        handler.handle(job("a"), Steps.event("second", HALF_AN_HOUR), NOW.plus(Duration.ofMinutes(31)));
        assertThat(occurrences()).containsExactly(1, 1);
    }

    @Test
    void neverMergesWhatIsNotTheSame() {
        JobEvent event = Steps.event("first", HALF_AN_HOUR);
        handler.handle(job("a"), event, NOW);
        handler.handle(job("b"), event, NOW);
        handler.handle(
                job("a"),
                new JobEvent(event.type(), event.reason(), "another key", event.message(), HALF_AN_HOUR),
                NOW);
        handler.handle(
                job("a"),
                new JobEvent(event.type(), EventReason.NOT_RESCALABLE, event.key(), event.message(), HALF_AN_HOUR),
                NOW);
        handler.handle(job("a"), Steps.event("always of its own", Optional.empty()), NOW);
        assertThat(occurrences()).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void mergesWhatAStepTellsWithWhatHappenedOutside() throws Exception {
        handler.handle(job("a"), Steps.event("outside", HALF_AN_HOUR), NOW);
        new JdbcAutoScalerStateStore(db.database, true, "a test")
                .save(job("a"), 0, Steps.telling(Steps.event("inside", HALF_AN_HOUR)), NOW.plusSeconds(1));
        assertThat(occurrences()).containsExactly(2);
    }

    @Test
    void keepsNoEventsOfStepsWhereTheyAreNotWanted() throws Exception {
        new JdbcAutoScalerStateStore(db.database, false, "a test")
                .save(job("a"), 0, Steps.telling(Steps.event("inside", HALF_AN_HOUR)), NOW);
        assertThat(occurrences()).isEmpty();
    }

    @Test
    void survivesADatabaseThatIsAway() {
        db.close();
        assertThatNoException().isThrownBy(() -> handler.handle(job("a"), Steps.event("lost", Optional.empty()), NOW));
    }

    private List<Integer> occurrences() {
        return db.rows("SELECT occurrences FROM event ORDER BY id").stream()
                .map(row -> (Integer) row.get("occurrences"))
                .toList();
    }
}
