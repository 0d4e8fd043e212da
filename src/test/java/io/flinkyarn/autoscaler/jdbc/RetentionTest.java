package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.decide.HoldReason;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final Duration KEPT = Duration.ofDays(90);

    private MemoryDatabase memory;

    @BeforeEach
    void open() throws Exception {
        memory = new MemoryDatabase();
        JdbcAutoScalerStateStore store = storeThatKeeps(KEPT);
        long version = store.save(job("a"), 0, Steps.rescale(4, NOW), NOW);
        version = store.save(job("a"), version, Steps.rescale(8, NOW.plusSeconds(60)), NOW.plusSeconds(60));
        store.save(job("a"), version, Steps.hold(HoldReason.WITHIN_BAND, ""), NOW.plusSeconds(120));
        new JdbcAutoScalerEventHandler(memory.database)
                .handle(job("a"), Steps.event("young", Optional.empty()), NOW.plus(KEPT));
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private JdbcAutoScalerStateStore storeThatKeeps(Duration history) {
        return new JdbcAutoScalerStateStore(memory.database, true, history);
    }

    @Test
    void deletesWhatIsOlderThanIsKept() throws Exception {
        assertThat(storeThatKeeps(KEPT).purge(NOW.plus(KEPT).plusSeconds(30))).isEqualTo(2);
        assertThat(memory.count("decision")).isEqualTo(2);
        assertThat(memory.count("vertex_change")).isEqualTo(3);
        assertThat(memory.rows("SELECT message FROM event ORDER BY id"))
                .extracting(row -> row.get("message"))
                .containsExactly("scaled", "young");
    }

    @Test
    void leavesTheStateAndTheNewestDecisionOfAJob() throws Exception {
        storeThatKeeps(KEPT).purge(NOW.plus(KEPT.multipliedBy(10)));
        assertThat(memory.rows("SELECT reason FROM decision"))
                .extracting(row -> row.get("reason"))
                .containsExactly("WITHIN_BAND");
        assertThat(memory.count("job_state")).isEqualTo(1);
        assertThat(memory.count("event")).isZero();
    }

    @Test
    void deletesMoreThanOneBatch() throws Exception {
        memory.database
                .jdbi()
                .useHandle(h -> h.execute("INSERT INTO event (job_run_id, event_type, reason, event_key,"
                        + " message, first_seen, last_seen, occurrences)"
                        + " SELECT 1, 'Normal', 'Scaling', '', '', 1, 1, 1 FROM SYSTEM_RANGE(1, 1234)"));
        assertThat(storeThatKeeps(KEPT).purge(NOW)).isEqualTo(1234);
    }

    @Test
    void keepsEverythingWhereNothingIsToBeDeleted() throws Exception {
        assertThat(storeThatKeeps(Duration.ZERO).purge(NOW.plus(KEPT.multipliedBy(10))))
                .isZero();
        assertThat(memory.count("decision")).isEqualTo(3);
    }
}
