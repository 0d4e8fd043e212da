package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.ShownBoard;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.core.policy.SetOption;
import io.flinkyarn.autoscaler.core.policy.SetOption.By;
import io.flinkyarn.autoscaler.testing.Policies;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The options of each job with who set them: {@code job_option}, and the policies in {@code job_status}. */
class JobOptionRowsTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final SetOption WINDOW =
            new SetOption("job.autoscaler.metrics.window", "1 min", By.JOB, "configuration of the Flink job");
    private static final SetOption MAX =
            new SetOption("job.autoscaler.vertex.max-parallelism", "8", By.CAP, "cap of policy a, c.yaml, line 3");

    private final SettableClock clock = new SettableClock(NOW);
    private final ShownBoard shown = new ShownBoard();
    private final List<String> statements = new ArrayList<>();
    private TestDatabase db;
    private StatusRecorder recorder;

    @BeforeEach
    void open() throws StoreException {
        db = new TestDatabase();
        recorder = newRecorder();
        shown.show(Views.listing(NOW, "a"));
        db.database.jdbi().getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                if (context.getRawSql().contains("job_option")
                        && !context.getRawSql().startsWith("SELECT")) {
                    statements.add(context.getRawSql().strip().split(" ")[0]);
                }
            }
        });
    }

    @AfterEach
    void close() {
        db.close();
    }

    private StatusRecorder newRecorder() {
        return new StatusRecorder(db.database, shown.board, clock, INTERVAL, Duration.ofHours(1), false);
    }

    /** A cycle later, with what is known of the job then. */
    private void next(Optional<PolicyReading.Valid> options) {
        clock.advance(INTERVAL);
        shown.show(new JobView(
                job("a"),
                options.isPresent() ? JobMode.SCALING : JobMode.INVALID,
                options,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        recorder.run();
    }

    private void next(List<String> named, SetOption... options) {
        next(Optional.of(new PolicyReading.Valid(Policies.quick(true), List.of(options), named, List.of())));
    }

    private List<String> rows() {
        return db
                .rows(
                        "SELECT option_key, option_value, set_by, written_in, policies FROM v_job_options ORDER BY option_key")
                .stream()
                .map(row -> row.values().toString())
                .toList();
    }

    @Test
    void everyOptionThatIsSetHasARowWithItsOrigin() {
        next(List.of("all", "small"), WINDOW, MAX);
        assertThat(rows())
                .containsExactly(
                        "[job.autoscaler.metrics.window, 1 min, JOB, configuration of the Flink job, all, small]",
                        "[job.autoscaler.vertex.max-parallelism, 8, CAP, cap of policy a, c.yaml, line 3, all, small]");
    }

    @Test
    void whatIsNoLongerSetHasNoRowAndWhatIsSetElsewhereAnother() {
        next(List.of("all"), WINDOW, MAX);
        next(List.of(), new SetOption(WINDOW.key(), "2 min", By.TAG, "YARN tag autoscaler.metrics.window=2min"));
        assertThat(rows())
                .containsExactly(
                        "[job.autoscaler.metrics.window, 2 min, TAG, YARN tag autoscaler.metrics.window=2min, null]");
    }

    @Test
    void theyAreWrittenOnlyWhenTheyChangeAndNotForARestartOfTheDaemon() {
        next(List.of(), WINDOW, MAX);
        assertThat(statements).containsExactly("DELETE", "INSERT");
        statements.clear();
        for (int i = 0; i < 10; i++) {
            next(List.of(), WINDOW, MAX);
        }
        recorder = newRecorder();
        next(List.of(), MAX, WINDOW);
        assertThat(statements).isEmpty();
        next(List.of(), MAX);
        assertThat(statements).containsExactly("DELETE", "INSERT");
    }

    @Test
    void aJobWhoseOptionsAreInvalidKeepsWhatItHad() {
        next(List.of("all"), WINDOW);
        next(Optional.empty());
        assertThat(rows())
                .containsExactly("[job.autoscaler.metrics.window, 1 min, JOB, configuration of the Flink job, null]");
        assertThat(statements).containsExactly("DELETE", "INSERT");
    }
}
