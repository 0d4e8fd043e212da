package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.hold;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Stored;
import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.PendingScaleDown;
import io.flinkyarn.autoscaler.core.state.PendingScaleDown.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many statements saves take, and that no sample is written twice. */
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

    /** The statements since the last call, each as verb and table. */
    private List<String> statements() {
        List<String> taken = statements.stream()
                .map(sql -> sql.strip().split("\\s+WHERE|\\s+\\(|\\s+SET")[0].replaceFirst("SELECT .* FROM", "SELECT"))
                .toList();
        statements.clear();
        return taken;
    }

    @Test
    void aQuietCycleOfManyJobsTakesTwoStatements() throws Exception {
        long[] versions = new long[100];
        for (int i = 0; i < versions.length; i++) {
            versions[i] = store.save(job("a" + i), 0, hold(Steps.window(9, 9, NOW)), NOW);
        }
        store.flush(NOW);
        statements.clear();
        for (int i = 0; i < versions.length; i++) {
            assertThat(store.save(job("a" + i), versions[i], hold(Steps.window(9, 10, NOW)), NOW.plusSeconds(10)))
                    .isEqualTo(versions[i]);
        }
        assertThat(statements()).isEmpty();
        store.flush(NOW.plusSeconds(10));
        assertThat(statements()).containsExactly("SELECT job_state", "INSERT INTO metric_sample");
        store.flush(NOW.plusSeconds(20));
        assertThat(statements()).isEmpty();
    }

    @Test
    void aThousandJobsTakeFewerThanAHundredStatementsPerSecond() throws Exception {
        int jobs = 100;
        int minutes = 3;
        long[] versions = new long[jobs];
        for (int i = 0; i < jobs; i++) {
            versions[i] = store.save(job("a" + i), 0, hold(Steps.window(9, 9, NOW)), NOW);
        }
        store.flush(NOW);
        statements.clear();
        for (int cycle = 1; cycle <= 6 * minutes; cycle++) {
            Instant now = NOW.plusSeconds(10L * cycle);
            for (int i = 0; i < jobs; i++) {
                versions[i] = store.save(job("a" + i), versions[i], hold(Steps.window(9, 9 + cycle, NOW)), now);
            }
            store.flush(now);
        }
        assertThat(statements.size() / (60.0 * minutes) * 1000 / jobs).isLessThan(50);
        assertThat(db.count("metric_sample")).isBetween(9 * jobs, 21 * jobs);
    }

    @Test
    void aDecisionTakesSixStatements() throws Exception {
        long version = store.save(job("a"), 0, hold(JobState.NEW), NOW);
        statements.clear();
        store.save(job("a"), version, Steps.rescale(4, NOW.plusSeconds(10)), NOW.plusSeconds(10));
        assertThat(statements())
                .containsExactly(
                        "UPDATE job_state",
                        "INSERT INTO decision",
                        "INSERT INTO vertex_change",
                        "UPDATE decision",
                        "INSERT INTO event",
                        "CHECKPOINT SYNC");
    }

    @Test
    void aDecisionTakesTheSamplesOfItsJobAlong() throws Exception {
        long version = store.save(job("a"), 0, hold(Steps.window(3, 3, NOW)), NOW);
        long other = store.save(job("b"), 0, hold(Steps.window(3, 3, NOW)), NOW);
        store.save(job("a"), version, hold(Steps.window(3, 4, NOW)), NOW.plusSeconds(10));
        store.save(job("b"), other, hold(Steps.window(3, 4, NOW)), NOW.plusSeconds(10));
        Step rescale = Steps.rescale(4, NOW.plusSeconds(20));
        JobState state = rescale.state().withWindow(Steps.window(3, 5, NOW).window());
        store.save(job("a"), version, new Step(state, rescale.decision(), rescale.events()), NOW.plusSeconds(20));
        assertThat(db.all("SELECT COUNT(*) FROM metric_sample GROUP BY job_run_id ORDER BY job_run_id", Integer.class))
                .containsExactly(5, 3);
    }

    @Test
    void samplesThatStayInTheWindowAreNotTouched() throws Exception {
        long version = store.save(job("a"), 0, hold(Steps.window(3, 3, NOW)), NOW);
        db.database.jdbi().useHandle(h -> h.execute("UPDATE metric_sample SET sample_values = X'00000000'"));
        store.save(job("a"), version, hold(Steps.window(3, 4, NOW)), NOW.plusSeconds(10));
        store.flush(NOW.plusSeconds(10));
        assertThat(bytes()).containsExactly(4, 4, 4, 484);
    }

    @Test
    void samplesThatHaveLeftTheWindowAreDeletedOnceAMinute() throws Exception {
        long version = store.save(job("a"), 0, hold(Steps.window(3, 3, NOW)), NOW);
        store.flush(NOW);
        for (int last = 4; last <= 12; last++) {
            store.save(job("a"), version, hold(Steps.window(3, last, NOW)), NOW.plusSeconds(10L * last));
            store.flush(NOW.plusSeconds(4L * last));
        }
        assertThat(bytes()).hasSize(12);
        store.flush(NOW.plusSeconds(61));
        assertThat(bytes()).as("those of 12:01:00 and later").hasSize(7);
        assertThat(store.load(job("a").key()).orElseThrow().state()).isEqualTo(Steps.window(3, 12, NOW));
    }

    private List<Integer> bytes() {
        return db.all("SELECT LENGTH(sample_values) FROM metric_sample ORDER BY sampled_at", Integer.class);
    }

    @Test
    void whatIsToldInEveryCycleIsCountedAndWrittenOnceAMinute() throws Exception {
        Optional<Duration> interval = Optional.of(Duration.ofMinutes(30));
        long version = store.save(job("a"), 0, Steps.telling(Steps.event("told", interval)), NOW);
        store.flush(NOW);
        statements.clear();
        for (int i = 1; i <= 5; i++) {
            version = store.save(
                    job("a"), version, Steps.telling(Steps.event("told again", interval)), NOW.plusSeconds(10L * i));
            store.flush(NOW.plusSeconds(10L * i));
        }
        assertThat(statements()).isEmpty();
        store.flush(NOW.plusSeconds(60));
        assertThat(statements()).containsExactly("UPDATE event");
        assertThat(db.rows("SELECT message, occurrences, last_seen FROM event"))
                .extracting(row -> List.copyOf(row.values()))
                .containsExactly(List.of("told again", 6, NOW.plusSeconds(50).toEpochMilli()));
    }

    @Test
    void aWishToScaleDownThatIsRepeatedInEveryCycleIsWrittenOnceAMinute() throws Exception {
        long version = store.save(job("a"), 0, hold(wishing(3, 0)), NOW);
        store.flush(NOW);
        statements.clear();
        for (int i = 1; i <= 5; i++) {
            version = store.save(job("a"), version, hold(wishing(3, i)), NOW.plusSeconds(10L * i));
            store.flush(NOW.plusSeconds(10L * i));
        }
        assertThat(statements()).isEmpty();
        store.flush(NOW.plusSeconds(60));
        assertThat(statements()).containsExactly("UPDATE job_state");
        assertThat(new JdbcAutoScalerStateStore(db.database, true, "a test").load(job("a").key()))
                .contains(new Stored(wishing(3, 5), version));
        store.save(job("a"), version, hold(wishing(4, 6)), NOW.plusSeconds(70));
        assertThat(statements()).as("a larger wish").contains("UPDATE job_state");
    }

    private static JobState wishing(int parallelism, int cycle) {
        Wish wish = new Wish(NOW.plusSeconds(10L * cycle), parallelism, true);
        return JobState.NEW.withPendingScaleDowns(Map.of(Steps.MAP, new PendingScaleDown(NOW, List.of(wish))));
    }
}
