package io.flinkyarn.autoscaler.core.state;

import static io.flinkyarn.autoscaler.core.testing.Given.START;
import static io.flinkyarn.autoscaler.core.testing.Given.chain;
import static io.flinkyarn.autoscaler.core.testing.Given.id;
import static io.flinkyarn.autoscaler.core.testing.Given.vertex;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.state.PendingScaleDown.Wish;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EarlierRunTest {

    private static final JobKey KEY = new JobKey("test", "application_1_0001", "a");
    private static final JobGraph GRAPH = chain(vertex("source", 1), vertex("work", 1));
    private static final JobGraph OTHER = chain(vertex("source", 1), vertex("join", 1));
    private static final Instant FIRST = START.plusSeconds(100);
    private static final Instant SECOND = START.plusSeconds(200);

    private static final TrackedRestart MEASURED = new TrackedRestart(FIRST, Optional.of(Duration.ofSeconds(40)));
    private static final PastScaling UP = new PastScaling(FIRST, 1, 3, 100, 300);
    private static final PastScaling FURTHER_UP = new PastScaling(SECOND, 3, 5, 290, 480);

    /** Ran well at 2 and 3, was rescaled to 5, and ended. */
    private static JobState left(Phase phaseOfSecond) {
        return new JobState(
                new MetricsWindow(GRAPH.ids(), List.of(new MetricsWindow.Row(SECOND, 1, 2, 3))),
                Map.of(id("source"), new PendingScaleDown(SECOND, List.of(new Wish(SECOND, 1, true)))),
                Map.of(id("work"), List.of(UP, FURTHER_UP)),
                List.of(MEASURED, new TrackedRestart(SECOND, Optional.empty())),
                Optional.of(Reconciliation.requested(SECOND, Map.of(id("work"), 5))
                        .with(phaseOfSecond, SECOND, Optional.empty())),
                Optional.of(new Standing("RESCALED", SECOND)),
                Optional.of(new GoodParallelism(Map.of(id("source"), 2, id("work"), 3), false)));
    }

    private static JobState handedDown(JobState left, JobGraph graph) {
        return new EarlierRun(KEY, left).handDown(JobState.NEW, graph);
    }

    @Test
    void aNewRunBeginsWithWhatWasLearntAndNothingElse() {
        JobState state = handedDown(left(Phase.RUNNING), GRAPH);

        assertThat(state)
                .isEqualTo(JobState.NEW
                        .withRestarts(new RestartTimes(List.of(MEASURED)))
                        .withHistory(new RescaleHistory(Map.of(id("work"), List.of(UP, FURTHER_UP))))
                        .withGood(Optional.of(new GoodParallelism(Map.of(id("source"), 2, id("work"), 3), true))));
    }

    @Test
    void aRescaleThatWasNeverSeenToRunIsNotLearntFrom() {
        assertThat(handedDown(left(Phase.ACCEPTED), GRAPH).history()).isEqualTo(Map.of(id("work"), List.of(UP)));
    }

    @Test
    void onlyRestartTimesOutliveAChangeOfTheJobGraph() {
        assertThat(handedDown(left(Phase.RUNNING), OTHER))
                .isEqualTo(JobState.NEW.withRestarts(new RestartTimes(List.of(MEASURED))));
    }

    @Test
    void theOrderAndTheParallelismOfTheVerticesDoNotMatter() {
        JobGraph same = chain(vertex("work", 7), vertex("source", 4));

        assertThat(handedDown(left(Phase.RUNNING), same).history()).containsKey(id("work"));
    }

    @Test
    void whatWasHandedDownIsHandedOnByARunThatEndedBeforeItKnewBetter() {
        JobState second = handedDown(left(Phase.RUNNING), GRAPH);

        assertThat(handedDown(second, GRAPH)).isEqualTo(second);
    }

    @Test
    void whatWasTriedAndDidNotRunLongEnoughToBeGoodIsNotHandedOn() {
        JobState second = handedDown(left(Phase.RUNNING), GRAPH).restoring();

        assertThat(handedDown(second, GRAPH).good()).isEmpty();
    }

    @Test
    void theSamplesOfTheNewRunStay() {
        MetricsWindow window = new MetricsWindow(GRAPH.ids(), List.of(new MetricsWindow.Row(SECOND, 1)));
        JobState seen = JobState.NEW.withWindow(window);

        assertThat(new EarlierRun(KEY, left(Phase.RUNNING))
                        .handDown(seen, GRAPH)
                        .window())
                .isEqualTo(window);
    }
}
