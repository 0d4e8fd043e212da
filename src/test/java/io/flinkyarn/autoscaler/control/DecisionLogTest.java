package io.flinkyarn.autoscaler.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Standing;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import io.flinkyarn.autoscaler.testing.LogLines;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecisionLogTest {

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final JobAutoScalerContext JOB = FakeFlink.context(1);

    private final LogLines lines = new LogLines(DecisionLog.class);
    private final DecisionLog log = new DecisionLog();

    @AfterEach
    void detach() {
        lines.close();
    }

    private void hold(HoldReason reason, HoldReason standing) {
        log.decided(JOB, Hold.because(reason, ""), new Standing(standing.name(), NOON));
    }

    @Test
    void a_hold_is_a_line_when_its_reason_is_another_than_before() {
        hold(HoldReason.WINDOW_FILLING, HoldReason.WINDOW_FILLING);
        hold(HoldReason.WINDOW_FILLING, HoldReason.WINDOW_FILLING);
        hold(HoldReason.WITHIN_BAND, HoldReason.WITHIN_BAND);
        assertThat(lines.lines())
                .containsExactly(
                        "INFO hold job-1 | the metrics window is not full yet",
                        "INFO hold job-1 | every vertex runs inside its utilization band");
    }

    @Test
    void a_hold_that_only_passes_is_no_line_and_neither_is_the_return_from_it() {
        hold(HoldReason.WITHIN_BAND, HoldReason.WITHIN_BAND);
        hold(HoldReason.METRICS_STALE, HoldReason.WITHIN_BAND);
        hold(HoldReason.WITHIN_BAND, HoldReason.WITHIN_BAND);
        assertThat(lines.lines()).hasSize(1);
    }

    @Test
    void a_process_that_goes_on_with_a_stored_state_says_with_what() {
        MetricsWindow window = new MetricsWindow(
                List.of(FakeFlink.MAP),
                List.of(new MetricsWindow.Row(NOON, 1), new MetricsWindow.Row(NOON.plusSeconds(10), 2)));
        Map<VertexId, Integer> target = Map.of(FakeFlink.MAP, 4);
        log.continuing(
                JOB,
                JobState.NEW
                        .withWindow(window)
                        .withReconciliation(Reconciliation.requested(NOON.plusSeconds(10), target)));
        assertThat(lines.lines())
                .containsExactly("INFO continues job-1 | 2 samples since 2026-05-04T12:00:00Z"
                        + " | open rescale of 1 vertex decided 2026-05-04T12:00:10Z, REQUESTED | no decision so far");
    }
}
