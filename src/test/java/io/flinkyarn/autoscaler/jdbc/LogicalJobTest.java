package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.hold;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.testing.LogLines;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the runs of one job find each other in the database. */
class LogicalJobTest {

    private TestDatabase db;
    private JdbcAutoScalerStateStore store;
    private JdbcAutoScalerEventHandler events;

    @BeforeEach
    void open() throws StoreException {
        db = new TestDatabase();
        store = new JdbcAutoScalerStateStore(db.database, true, "a test");
        events = new JdbcAutoScalerEventHandler(db.database);
    }

    @AfterEach
    void close() {
        db.close();
    }

    /** Logical name of each run, by application. */
    private List<String> names() {
        return db
                .rows(
                        "SELECT r.application_id, l.logical_name FROM job_run r JOIN logical_job l ON l.id = r.logical_job_id"
                                + " ORDER BY r.application_id")
                .stream()
                .map(row -> row.get("application_id") + " " + row.get("logical_name"))
                .toList();
    }

    @Test
    void runsOfOneNameBelongToOneJob() throws Exception {
        store.save(job("a", "orders"), 0, hold(JobState.NEW), NOW);
        store.save(job("b", "orders"), 0, hold(JobState.NEW), NOW);
        store.save(job("c", "clicks"), 0, hold(JobState.NEW), NOW);

        assertThat(names()).containsExactly("a orders", "b orders", "c clicks");
        assertThat(db.count("logical_job")).isEqualTo(2);
    }

    @Test
    void aRunThatWasRegisteredBeforeItsOptionsWereReadIsCorrected() throws Exception {
        events.handle(job("a"), Steps.event("does not answer", Optional.empty()), NOW);
        assertThat(names()).containsExactly("a a");

        store.save(job("a", "orders"), 0, hold(JobState.NEW), NOW.plusSeconds(10));
        assertThat(names()).containsExactly("a orders");
    }

    @Test
    void aStateThatCannotBeReadIsNoEarlierRun() throws Exception {
        store.save(job("a", "orders"), 0, hold(JobState.NEW), NOW);
        db.execute("UPDATE job_state SET document = '{\"format\": 1, \"new\": true}'");

        try (LogLines log = new LogLines(JdbcAutoScalerStateStore.class)) {
            assertThat(store.earlier(job("b", "orders"))).isEmpty();
            assertThat(log.lines()).singleElement().asString().contains("cluster/b/", "cluster/a/", "begins anew");
        }
    }

    @Test
    void aStateOfAnEarlierVersionKnowsNothingGood() throws Exception {
        store.save(job("a", "orders"), 0, hold(JobState.NEW), NOW);
        db.execute("UPDATE job_state SET document = REPLACE(document, ',\"good\":null', '')");
        assertThat(db.one("SELECT document FROM job_state", String.class)).doesNotContain("good");

        assertThat(store.earlier(job("b", "orders")).orElseThrow().state()).isEqualTo(JobState.NEW);
    }

    @Test
    void aRunKeepsItsNameWhereItsOptionsAreNotReadYet() throws Exception {
        store.save(job("a", "orders"), 0, hold(JobState.NEW), NOW);
        events.handle(job("a"), Steps.event("does not answer", Optional.empty()), NOW.plusSeconds(90));
        new JdbcAutoScalerEventHandler(db.database)
                .handle(job("a"), Steps.event("does not answer", Optional.empty()), NOW.plusSeconds(100));

        assertThat(names()).containsExactly("a orders");
    }
}
