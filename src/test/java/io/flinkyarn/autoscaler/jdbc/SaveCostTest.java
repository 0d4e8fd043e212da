package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.hold;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.core.state.JobState;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many statements a save takes, and that no sample is written twice. */
class SaveCostTest {

    private final List<String> statements = new ArrayList<>();
    private TestDatabase db;
    private JdbcAutoScalerStateStore store;

    @BeforeEach
    void open() throws StoreException {
        db = new TestDatabase();
        store = new JdbcAutoScalerStateStore(db.database, true, "a test");
        db.database.jdbi().getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                statements.add(context.getRawSql());
            }
        });
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void aQuietCycleTakesThreeStatements() throws Exception {
        long version = store.save(job("a"), 0, hold(Steps.window(90, 90, NOW)), NOW);
        statements.clear();
        store.save(job("a"), version, hold(Steps.window(90, 91, NOW)), NOW.plusSeconds(10));
        assertThat(statements)
                .extracting(sql -> sql.strip().split("\\s+WHERE|\\s+\\(|\\s+SET")[0])
                .containsExactly("UPDATE job_state", "DELETE FROM metric_sample", "INSERT INTO metric_sample");
    }

    @Test
    void aDecisionTakesSixStatements() throws Exception {
        long version = store.save(job("a"), 0, hold(JobState.NEW), NOW);
        statements.clear();
        store.save(job("a"), version, Steps.rescale(4, NOW.plusSeconds(10)), NOW.plusSeconds(10));
        assertThat(statements)
                .extracting(sql -> sql.strip().split("\\s+WHERE|\\s+\\(|\\s+SET")[0])
                .containsExactly(
                        "UPDATE job_state",
                        "INSERT INTO decision",
                        "INSERT INTO vertex_change",
                        "UPDATE decision",
                        "INSERT INTO event",
                        "CHECKPOINT SYNC");
    }

    @Test
    void samplesThatStayInTheWindowAreNotTouched() throws Exception {
        long version = store.save(job("a"), 0, hold(Steps.window(3, 3, NOW)), NOW);
        db.database.jdbi().useHandle(h -> h.execute("UPDATE metric_sample SET sample_values = X'00000000'"));
        store.save(job("a"), version, hold(Steps.window(3, 5, NOW)), NOW.plusSeconds(20));
        assertThat(db.rows("SELECT sampled_at, LENGTH(sample_values) AS bytes FROM metric_sample ORDER BY 1"))
                .extracting(row -> row.get("sampled_at"), row -> row.get("bytes"))
                .containsExactly(
                        Tuple.tuple(NOW.plusSeconds(30).toEpochMilli(), 4L),
                        Tuple.tuple(NOW.plusSeconds(40).toEpochMilli(), 484L),
                        Tuple.tuple(NOW.plusSeconds(50).toEpochMilli(), 484L));
    }
}
