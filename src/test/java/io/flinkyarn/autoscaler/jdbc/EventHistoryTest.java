package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.jdbc.EventHistory.Told;
import io.flinkyarn.autoscaler.jdbc.EventHistory.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How events and rescales are found again. */
class EventHistoryTest {

    private static final Instant LATER = NOW.plus(Duration.ofHours(2));
    private static final Optional<String> ANY = Optional.empty();

    private TestDatabase db;
    private EventHistory events;

    @BeforeEach
    void tellThreeEvents() throws StoreException {
        db = new TestDatabase();
        events = new EventHistory(db.database);
        JdbcAutoScalerEventHandler handler = new JdbcAutoScalerEventHandler(db.database);
        handler.handle(job("a"), Steps.event("first", Optional.empty()), NOW);
        handler.handle(job("b"), Steps.event("second", Optional.empty()), NOW.plusSeconds(60));
        handler.handle(job("a"), Steps.event("third", Optional.of(Duration.ofHours(1))), LATER);
        handler.handle(job("a"), Steps.event("third again", Optional.of(Duration.ofHours(1))), LATER.plusSeconds(60));
    }

    @AfterEach
    void close() {
        db.close();
    }

    private List<String> messages(Optional<String> job, Instant since, Optional<String> type, int limit)
            throws StoreException {
        return events.find(new Wanted(job, since, type, limit)).stream()
                .map(Told::message)
                .toList();
    }

    @Test
    void the_last_one_told_is_first_and_a_limit_keeps_the_latest() throws StoreException {
        assertThat(messages(ANY, Instant.EPOCH, ANY, 10)).containsExactly("third again", "second", "first");
        assertThat(messages(ANY, Instant.EPOCH, ANY, 1)).containsExactly("third again");
    }

    @Test
    void those_of_one_job_are_found_by_each_of_its_names() throws StoreException {
        Told second = events.find(new Wanted(ANY, Instant.EPOCH, ANY, 2)).get(1);
        assertThat(messages(Optional.of(second.job().applicationId()), Instant.EPOCH, ANY, 10))
                .containsExactly("second");
        assertThat(messages(Optional.of(second.job().jobId()), Instant.EPOCH, ANY, 10))
                .contains("second");
        assertThat(messages(Optional.of(second.jobName()), Instant.EPOCH, ANY, 10))
                .contains("second");
        String logical = db.one(
                "SELECT l.logical_name FROM logical_job l JOIN job_run r ON r.logical_job_id = l.id WHERE r.application_id = '"
                        + second.job().applicationId() + "'",
                String.class);
        assertThat(messages(Optional.of(logical), Instant.EPOCH, ANY, 10)).contains("second");
        assertThat(messages(Optional.of("no such job"), Instant.EPOCH, ANY, 10)).isEmpty();
    }

    @Test
    void one_that_was_told_again_counts_by_its_last_time() throws StoreException {
        assertThat(messages(ANY, LATER.plusSeconds(30), ANY, 10)).containsExactly("third again");
        assertThat(events.find(new Wanted(ANY, LATER.plusSeconds(30), ANY, 10)))
                .singleElement()
                .satisfies(told -> assertThat(told.occurrences()).isEqualTo(2))
                .satisfies(told -> assertThat(told.firstSeen()).isEqualTo(LATER.truncatedTo(ChronoUnit.MILLIS)));
    }

    @Test
    void a_type_is_found_as_well_as_a_reason_in_any_case() throws StoreException {
        Told some = events.find(new Wanted(ANY, Instant.EPOCH, ANY, 1)).get(0);
        assertThat(messages(ANY, Instant.EPOCH, Optional.of(some.type().toUpperCase(Locale.ROOT)), 10))
                .hasSize(3);
        assertThat(messages(ANY, Instant.EPOCH, Optional.of(some.reason().toLowerCase(Locale.ROOT)), 10))
                .hasSize(3);
        assertThat(messages(ANY, Instant.EPOCH, Optional.of("Nonsense"), 10)).isEmpty();
    }

    @Test
    void the_rescales_of_one_job_are_those_of_no_other() throws Exception {
        JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(db.database, true, "a test");
        store.save(job("a"), 0, Steps.rescale(4, NOW), NOW);
        store.save(job("b"), 0, Steps.rescale(4, NOW), NOW);
        RescaleHistory history = new RescaleHistory(db.database);

        assertThat(history.latest(10)).hasSize(2);
        assertThat(history.latest(job("b").key().applicationId(), 10))
                .singleElement()
                .satisfies(rescale -> assertThat(rescale.job()).isEqualTo(job("b").key()));
        assertThat(history.latest("no such job", 10)).isEmpty();
    }
}
