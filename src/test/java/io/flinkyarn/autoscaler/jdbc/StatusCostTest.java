package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.JobView.Decided;
import io.flinkyarn.autoscaler.control.ShownBoard;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.testing.Policies;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What it costs to record the status of 1,000 jobs of 5 vertices whose rates change in every cycle. A batch counts as one statement. */
class StatusCostTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int JOBS = 1000;

    private final SettableClock clock = new SettableClock(NOW);
    private final ShownBoard shown = new ShownBoard();
    private final List<String> statements = new ArrayList<>();
    private final String[] applications = IntStream.range(0, JOBS)
            .mapToObj(i -> "application_1795354922814_" + i)
            .toArray(String[]::new);
    private TestDatabase db;
    private StatusRecorder recorder;

    @BeforeEach
    void recordTwice() throws StoreException {
        db = new TestDatabase();
        recorder = new StatusRecorder(db.database, shown.board, clock, INTERVAL, Duration.ofHours(1), true);
        cycle(4);
        cycle(4);
        db.database.jdbi().getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                statements.add(context.getRawSql().strip().split("\\s+(SET|WHERE|\\()")[0]);
            }
        });
    }

    @AfterEach
    void close() {
        db.close();
    }

    /** @param parallelism of the second vertex of every job */
    private void cycle(int parallelism) {
        clock.advance(INTERVAL);
        Instant now = clock.instant();
        shown.show(Views.listing(now, applications));
        for (String application : applications) {
            shown.show(view(application, parallelism, now));
        }
        recorder.run();
    }

    /** A job of five vertices; its rates are those of this moment. */
    static JobView view(String application, int parallelism, Instant now) {
        double rate = now.getEpochSecond() % 1000 + 0.125;
        List<JobVertex> vertices = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            VertexId id = new VertexId("0000000000000000000000000000000" + i);
            int p = i == 1 ? parallelism : 4;
            vertices.add(new JobVertex(id, "vertex " + i, p, 128, OptionalInt.empty(), Optional.of("default"), false));
            verdicts.add(Steps.verdict(id, "vertex " + i, p, p, rate + i, VertexOutcome.UNCHANGED));
        }
        Hold hold = new Hold(HoldReason.WITHIN_BAND, "at " + rate, Optional.empty(), verdicts);
        return new JobView(
                job(application),
                JobMode.SCALING,
                Optional.of(new PolicyReading.Valid(Policies.quick(true))),
                Optional.of(JobGraph.of(vertices, List.of())),
                Optional.of(new Decided(hold, now, NOW)),
                Optional.empty(),
                Optional.of(now),
                Optional.empty());
    }

    @Test
    void nothingIsWrittenWhereOnlyNumbersChange() {
        for (int i = 0; i < 4; i++) {
            cycle(4);
        }
        // The metrics of the minute that has ended in between.
        assertThat(statements).containsExactly("INSERT INTO metric_minute");
    }

    @Test
    void aRescaleOfAllJobsIsFourStatements() {
        cycle(8);
        assertThat(statements)
                .containsExactly(
                        "UPDATE job_status",
                        "DELETE FROM vertex_status",
                        "DELETE FROM vertex_status",
                        "INSERT INTO vertex_status");
    }

    @Test
    void onceAMinuteFourteenStatementsWriteAll() {
        for (int i = 0; i < 5; i++) {
            cycle(4);
        }
        assertThat(statements)
                .containsExactlyInAnyOrder(
                        "INSERT INTO metric_minute",
                        "UPDATE application",
                        "UPDATE application",
                        "UPDATE job_run",
                        "UPDATE job_run",
                        "UPDATE job_status",
                        "DELETE FROM vertex_status",
                        "DELETE FROM vertex_status",
                        "INSERT INTO vertex_status",
                        "UPDATE cluster_status",
                        "UPDATE slot_usage",
                        "INSERT INTO slot_usage",
                        "UPDATE slot_usage_day",
                        "INSERT INTO slot_usage_day");
        assertThat(bytes("job_status")
                        + bytes("vertex_status")
                        + bytes("slot_usage")
                        + bytes("slot_usage_day")
                        + bytes("metric_minute"))
                .as("bytes a minute")
                .isLessThan(2_000_000);
    }

    /** Of all values of a table, written out: more than what a driver sends. */
    private long bytes(String table) {
        return db.rows("SELECT * FROM " + table).stream()
                .mapToLong(row -> row.values().toString().length())
                .sum();
    }
}
