package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.hold;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flinkyarn.autoscaler.contract.RandomStates;
import io.flinkyarn.autoscaler.contract.StateStoreContract;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.ConflictException;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Stored;
import io.flinkyarn.autoscaler.core.state.JobState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract, where every second look at the store is one after a restart; and what only a database can get wrong. */
class JdbcAutoScalerStateStoreTest implements StateStoreContract {

    private TestDatabase db;
    private JdbcAutoScalerStateStore store;
    private int calls;

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
        return new JdbcAutoScalerStateStore(db.database, true, "a test");
    }

    /** Every third call comes to a store that remembers nothing. */
    @Override
    public AutoScalerStateStore store() {
        calls++;
        if (calls % 3 == 0) {
            store.close();
            store = newStore();
        }
        return store;
    }

    @Test
    void findsEverythingAgainAfterItWasClosed() throws Exception {
        JobState state = new RandomStates(42).next();
        long version = store.save(job("a"), 0, hold(state), NOW);
        db.database.close();
        try (Database again = Database.open(db.access)) {
            assertThat(new JdbcAutoScalerStateStore(again, true, "a test").load(job("a").key()))
                    .contains(new Stored(state, version));
        }
    }

    @Test
    void letsOneOfTwoProcessesWin() throws Exception {
        RandomStates states = new RandomStates(1);
        try (Database elsewhere = Database.open(db.access)) {
            AutoScalerStateStore other = new JdbcAutoScalerStateStore(elsewhere, true, "a test");
            long version = store.save(job("a"), 0, hold(states.next()), NOW);
            assertThatExceptionOfType(ConflictException.class)
                    .isThrownBy(() -> other.save(job("a"), 0, hold(states.next()), NOW));
            JobState theirs = states.next();
            long next = other.save(job("a"), version, hold(theirs), NOW.plusSeconds(1));
            assertThatExceptionOfType(ConflictException.class)
                    .isThrownBy(() -> store.save(job("a"), version, hold(states.next()), NOW.plusSeconds(2)));
            assertThat(store.load(job("a").key())).contains(new Stored(theirs, next));
        }
    }

    @Test
    void saysWhichRowIsDamaged() throws Exception {
        store.save(job("a"), 0, hold(JobState.NEW), NOW);
        db.execute("UPDATE job_state SET document = '{\"format\": 1, \"new\": true}'");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> newStore().load(job("a").key()))
                .withMessageContaining("delete the row of job_state with job_run_id 1 ");
    }
}
