package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.ConflictException;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.ShownBoard;
import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.event.EventText;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.jdbc.JobExplanation.Run;
import io.flinkyarn.autoscaler.jdbc.JobExplanation.Vertex;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read back of a job, and by which names it is found. */
class JobExplanationTest {

    private static final Step RESCALE = Steps.rescale(4, NOW);

    private TestDatabase db;
    private JobExplanations explanations;

    @BeforeEach
    void rescaleOneJobAndSeeAnother() throws StoreException, ConflictException {
        db = new TestDatabase();
        explanations = new JobExplanations(db.database);
        JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(db.database, true, "tester");
        store.save(job("app-1"), 0, RESCALE, NOW);
        store.save(job("app-2"), 0, Steps.recommendation(4), NOW.plusSeconds(60));
        ShownBoard shown = new ShownBoard();
        shown.show(Views.listing(NOW, "app-1"));
        shown.show(Views.view("app-1", JobMode.SCALING, RESCALE.decision(), NOW));
        new StatusRecorder(
                        db.database,
                        shown.board,
                        new SettableClock(NOW),
                        Duration.ofSeconds(10),
                        Duration.ofHours(1),
                        false)
                .run();
    }

    @AfterEach
    void close() {
        db.close();
    }

    private JobExplanation explain(String name) throws StoreException {
        List<Run> found = explanations.find(name);
        assertThat(found).hasSize(1);
        return explanations.explain(found.get(0));
    }

    @Test
    void the_verdicts_of_the_latest_decision_are_read_as_they_were_written() throws StoreException {
        JobExplanation explanation = explain("app-1");
        assertThat(explanation.decided().orElseThrow().kind()).isEqualTo("EXECUTED");
        assertThat(explanation.decided().orElseThrow().verdicts())
                .extracting(EventText::explain)
                .isEqualTo(RESCALE.decision().verdicts().stream()
                        .map(EventText::explain)
                        .toList());
        assertThat(explanation.lastRescale().orElseThrow().phase()).isEqualTo(Phase.REQUESTED);
        assertThat(explanation.lastRescale().orElseThrow().job())
                .isEqualTo(job("app-1").key());
    }

    @Test
    void how_it_stands_is_read_with_the_edges_of_its_graph() throws StoreException {
        JobExplanation explanation = explain("app-1");
        assertThat(explanation.status().orElseThrow().mode()).isEqualTo(JobMode.SCALING);
        assertThat(explanation.status().orElseThrow().reason()).contains("RESCALED");
        assertThat(explanation.status().orElseThrow().since()).contains(NOW.truncatedTo(ChronoUnit.MILLIS));
        assertThat(explanation.vertices()).extracting(Vertex::fedBy).containsExactly(List.of(), List.of(0), List.of(1));
    }

    @Test
    void a_job_that_was_never_rescaled_has_no_last_rescale_whatever_others_have() throws StoreException {
        JobExplanation explanation = explain("app-2");
        assertThat(explanation.lastRescale()).isEmpty();
        assertThat(explanation.status()).isEmpty();
        assertThat(explanation.decided().orElseThrow().kind()).isEqualTo("RECOMMENDED");
    }

    @Test
    void a_beginning_means_every_job_that_has_it_unless_one_is_called_so() throws StoreException {
        assertThat(explanations.find("app-")).hasSize(2);
        assertThat(explanations.find("app-1")).hasSize(1);
        assertThat(explanations.find("app_1")).isEmpty();
        assertThat(explanations.find("nobody")).isEmpty();
    }

    @Test
    void a_run_that_has_ended_is_meant_where_no_other_runs() throws StoreException {
        db.execute("UPDATE job_run SET ended_at = 5 WHERE application_id = 'app-2'");
        assertThat(explanations.find("app-"))
                .extracting(run -> run.job().applicationId())
                .containsExactly("app-1");
        assertThat(explain("app-2").run().ended()).isPresent();
    }
}
