package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.jdbc.FlinkTables.JOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The states of {@link FlinkTables}. */
class FlinkStateImportTest {

    private static final String A = "bc764cd8ddf7a0cff126f51c16239658";
    private static final String B = "ea632d67b7d595e5b851708ae9ad79d6";
    private static final String SOURCE = vertex(A, summary("2026-01-15T12:00:00.400Z", 2, 4, "1000.5"));
    private static final String SINK = vertex(B, summary("2026-01-15T12:00:00.400Z", 3, 1, "Infinity"));

    private final List<String> told = new ArrayList<>();
    private TestDatabase ours;
    private FlinkTables theirs;

    @BeforeEach
    void open() throws StoreException {
        ours = new TestDatabase();
        theirs = new FlinkTables();
    }

    @AfterEach
    void close() {
        theirs.close();
        ours.close();
    }

    private static String vertex(String id, String summaries) {
        return id + ":\n" + summaries;
    }

    private static String summary(String at, int from, int to, String rate) {
        return """
                  "%s":
                    currentParallelism: %d
                    newParallelism: %d
                    unknown: 1
                    metrics:
                      TRUE_PROCESSING_RATE: {current: 9.0, average: %s}
                      EXPECTED_PROCESSING_RATE: {current: 2001.0, average: NaN}
                """.formatted(at, from, to, rate);
    }

    private FlinkImport.Outcome run() throws StoreException {
        told.clear();
        return new FlinkImport(ours.database, "prod", ZoneId.of("UTC"), told::add).run(theirs.access());
    }

    @Test
    void takesWhatWasChangedAtTheSameInstantAsOneDecision() throws Exception {
        theirs.state(1, JOB, "scalingHistory", SOURCE + summary("2026-01-15T13:00:00Z", 4, 5, "10") + SINK);

        assertThat(run()).isEqualTo(new FlinkImport.Outcome(0, 0, 2, 0, 0, 0));

        assertThat(ours.rows("SELECT d.decided_at, d.kind, d.reason, d.triggered_by, d.decided_by, v.vertex_id,"
                        + " v.from_parallelism, v.to_parallelism, v.true_processing_rate, v.expected_rate"
                        + " FROM decision d JOIN vertex_change v ON v.decision_id = d.id"
                        + " ORDER BY d.decided_at, v.vertex_position"))
                .extracting(row -> String.join(
                        " ", row.values().stream().map(String::valueOf).toList()))
                .containsExactly(
                        "1768478400400 EXECUTED SCALE_UP_AND_DOWN IMPORT Flink autoscaler " + A + " 2 4 1000.5 2001.0",
                        "1768478400400 EXECUTED SCALE_UP_AND_DOWN IMPORT Flink autoscaler " + B + " 3 1 null 2001.0",
                        "1768482000000 EXECUTED SCALE_UP IMPORT Flink autoscaler " + A + " 4 5 10.0 2001.0");
        assertThat(ours.rows("SELECT decided_utc FROM v_rescales ORDER BY decided_utc DESC"))
                .first()
                .satisfies(row ->
                        assertThat(row.get("decided_utc")).isEqualTo(LocalDateTime.parse("2026-01-15T13:00:00")));
    }

    @Test
    void takesNothingTwiceEvenWhenTheHistoryHasForgottenAVertex() throws Exception {
        theirs.state(1, JOB, "scalingHistory", SOURCE + SINK);
        run();
        assertThat(run()).isEqualTo(new FlinkImport.Outcome(0, 0, 0, 1, 0, 0));
        theirs.stateNow(1, SINK);
        assertThat(run()).isEqualTo(new FlinkImport.Outcome(0, 0, 0, 1, 0, 0));
        assertThat(ours.count("decision")).isEqualTo(1);
    }

    @Test
    void takesADecisionOnceThatAScalingReportTellsOfToo() throws Exception {
        String report =
                "{ Vertex ID %s | Parallelism 2 -> 4 | Processing capacity 1.00 -> 2.00 | Target data rate 1.00}"
                        .formatted(A);
        theirs.event(1, "2026-01-15 12:00:00", JOB, "ScalingReport", report, 1);
        theirs.state(1, JOB, "scalingHistory", SOURCE);
        assertThat(run()).isEqualTo(new FlinkImport.Outcome(1, 0, 1, 1, 0, 0));

        theirs.stateNow(1, vertex(A, summary("2026-01-15T12:00:01Z", 2, 4, "1")));
        assertThat(run())
                .as("a second later is another one")
                .extracting("decisions")
                .isEqualTo(1);
        theirs.stateNow(1, vertex(A, summary("2026-01-15T12:00:00.4Z", 2, 5, "1")));
        assertThat(run()).as("to another parallelism").extracting("decisions").isEqualTo(1);
        theirs.state(2, JOB.replace('1', '2'), "scalingHistory", SOURCE);
        assertThat(run()).as("of another job").extracting("decisions").isEqualTo(1);
    }

    @Test
    void namesWhatItCannotReadAndTakesTheRest() throws Exception {
        theirs.state(
                1,
                JOB,
                "scalingHistory",
                SOURCE
                        + summary("2026-01-15T13:00:00Z", 4, 0, "1")
                        + summary("yesterday", 1, 2, "1")
                        + SINK
                        + summary("2026-01-15T13:00:00Z", 1, 2, "1"));
        theirs.state(2, "", "scalingHistory", SOURCE);
        theirs.state(3, JOB.replace('1', '3'), "scalingHistory", "");
        theirs.state(4, JOB.replace('1', '4'), "scalingHistory", "source: 1");

        assertThat(run()).isEqualTo(new FlinkImport.Outcome(0, 0, 1, 0, 0, 5));
        String where = "t_flink_autoscaler_state_store, id ";
        assertThat(told)
                .containsExactlyInAnyOrder(
                        where + "1: vertex " + A + " at 2026-01-15T13:00:00Z: newParallelism is 0, expected a whole"
                                + " number above 0; the decision of that instant is not taken",
                        where + "1: vertex " + A
                                + " at yesterday: expected an instant such as 2026-01-15T12:00:00.123Z",
                        where + "2: the job_key '' is no id of a Flink job",
                        where + "3: its state_value is empty",
                        where + "4: 'source' in its scaling history is no vertex id: expected 32 hexadecimal digits");
    }

    @Test
    void saysOnceForEveryOtherKindOfStateWhyItStays() throws Exception {
        for (int id = 1; id <= 600; id++) {
            theirs.state(id, "%032x".formatted(id), id % 2 == 0 ? "scalingTracking" : "brandNew", "H4sI");
        }
        theirs.state(601, JOB, "SCALING_HISTORY", SOURCE);

        assertThat(run()).isEqualTo(new FlinkImport.Outcome(0, 0, 1, 0, 600, 0));
        assertThat(told)
                .containsExactly(
                        "t_flink_autoscaler_state_store, state_type 'brandNew': 300 not taken over: "
                                + FlinkStateKind.UNKNOWN.whyNotTaken(),
                        "t_flink_autoscaler_state_store, state_type 'scalingTracking': 300 not taken over: "
                                + FlinkStateKind.SCALING_TRACKING.whyNotTaken());
    }
}
