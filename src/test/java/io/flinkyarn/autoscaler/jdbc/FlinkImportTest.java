package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.jdbc.FlinkTables.JOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The events of {@link FlinkTables}, and what holds for every row. */
class FlinkImportTest {

    private static final String VERTEX = "{ Vertex ID bc764cd8ddf7a0cff126f51c16239658 | Parallelism 2 -> 4"
            + " | Processing capacity 1000.50 -> 2001.00 | Target data rate 1500.25}";
    private static final String IDLE = "{ Vertex ID ea632d67b7d595e5b851708ae9ad79d6 | Parallelism 3 -> 1"
            + " | Processing capacity Infinity -> Infinity | Target data rate 0.00}";

    private final List<String> unread = new ArrayList<>();
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

    private FlinkImport.Outcome run() throws StoreException {
        return new FlinkImport(ours.database, "prod", ZoneId.of("Europe/Berlin"), unread::add).run(theirs.access());
    }

    @Test
    void takesOverEventsAndTheDecisionsThatTheyReport() throws Exception {
        theirs.event(
                1,
                "2026-01-15 13:00:00",
                JOB,
                "ScalingReport",
                "Scaling execution enabled, begin scaling vertices:" + VERTEX + IDLE,
                1);
        theirs.event(2, "2026-01-15 14:00:00", JOB, "ScalingLimited", "limited", 7);

        assertThat(run()).isEqualTo(new FlinkImport.Outcome(2, 0, 1, 0, 0, 0));

        assertThat(ours.rows("SELECT decided_utc, vertex_id, from_parallelism, to_parallelism, true_processing_rate,"
                        + " target_rate, expected_rate FROM v_rescales ORDER BY vertex_position"))
                .extracting(
                        row -> row.get("decided_utc"),
                        row -> row.get("vertex_id"),
                        row -> row.get("from_parallelism"),
                        row -> row.get("to_parallelism"),
                        row -> String.valueOf(row.get("true_processing_rate")),
                        row -> String.valueOf(row.get("expected_rate")))
                .containsExactly(
                        Tuple.tuple(
                                LocalDateTime.parse("2026-01-15T12:00"),
                                "bc764cd8ddf7a0cff126f51c16239658",
                                2,
                                4,
                                "1000.5",
                                "2001.0"),
                        Tuple.tuple(
                                LocalDateTime.parse("2026-01-15T12:00"),
                                "ea632d67b7d595e5b851708ae9ad79d6",
                                3,
                                1,
                                "null",
                                "null"));
        assertThat(ours.rows("SELECT reason, occurrences FROM event ORDER BY first_seen"))
                .extracting(row -> row.get("reason"), row -> row.get("occurrences"))
                .containsExactly(Tuple.tuple("ScalingReport", 1), Tuple.tuple("ScalingLimited", 7));
        assertThat(new RescaleHistory(ours.database).latest(5)).hasSize(1);
    }

    @Test
    void takesNothingTwice() throws Exception {
        for (int i = 1; i <= 600; i++) {
            theirs.event(i, "2026-01-15 13:%02d:%02d".formatted(i / 60, i % 60), JOB, "ScalingReport", VERTEX, 1);
        }
        assertThat(run()).isEqualTo(new FlinkImport.Outcome(600, 0, 600, 0, 0, 0));
        assertThat(run()).isEqualTo(new FlinkImport.Outcome(0, 0, 0, 600, 0, 0));
        assertThat(ours.count("event")).isEqualTo(600);
        assertThat(ours.count("decision")).isEqualTo(600);
    }

    @Test
    void refreshesAnEventThatWentOnSinceTheLastImport() throws Exception {
        theirs.event(1, "2026-01-15 13:00:00", JOB, "ScalingLimited", "limited to 4", 1);
        run();
        theirs.eventAgain(1, "2026-01-15 13:30:00", "limited to 5", 3);

        assertThat(run()).isEqualTo(new FlinkImport.Outcome(0, 1, 0, 0, 0, 0));
        assertThat(run()).isEqualTo(new FlinkImport.Outcome(0, 0, 0, 1, 0, 0));

        assertThat(ours.rows("SELECT message, occurrences, last_seen - first_seen AS lasted FROM event"))
                .extracting(row -> row.get("message"), row -> row.get("occurrences"), row -> row.get("lasted"))
                .containsExactly(Tuple.tuple("limited to 5", 3, 1_800_000L));
    }

    @Test
    void keepsARecommendationApart() throws Exception {
        theirs.event(
                1,
                "2026-01-15 13:00:00",
                JOB,
                "ScalingReport",
                "Scaling execution disabled, recommended parallelism change:" + VERTEX,
                1);
        run();
        assertThat(ours.rows("SELECT kind FROM decision")).extracting("kind").containsExactly("RECOMMENDED");
        assertThat(ours.count("v_rescales")).isZero();
    }

    @Test
    void namesEveryRowThatItCannotRead() throws Exception {
        theirs.event(1, "2026-01-15 13:00:00", "", "Scaling", "", 1);
        theirs.event(2, "2026-01-15 13:00:00", JOB, "ScalingReport", VERTEX + "{ Vertex ID of another form }", 1);
        theirs.state(9, JOB, "scalingHistory", "H4sI");

        assertThat(run()).isEqualTo(new FlinkImport.Outcome(1, 0, 0, 0, 0, 3));

        assertThat(unread)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo(
                                        "t_flink_autoscaler_event_handler, id 1: the job_key '' is no id of a Flink job"),
                        line -> assertThat(line)
                                .startsWith(
                                        "t_flink_autoscaler_event_handler, id 2: of the 2 vertices in its scaling report 1"
                                                + " can be read"),
                        line -> assertThat(line)
                                .startsWith(
                                        "t_flink_autoscaler_state_store, id 9: its state_value looks compressed, and cannot be"
                                                + " unpacked: "));
    }

    @Test
    void saysInOneLineThatTheTablesAreNotThere() {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(
                        () -> new FlinkImport(ours.database, "prod", ZoneId.of("UTC"), unread::add).run(ours.access))
                .withMessageStartingWith("Cannot read the tables of Flink's autoscaler in " + ours.access)
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1));
    }
}
