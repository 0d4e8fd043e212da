package io.flinkyarn.autoscaler.core.state;

import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is remembered of a job between two steps. Immutable; the step returns a new one, the state store keeps it across restarts of the
 * daemon.
 *
 * @param pendingScaleDowns by vertex
 * @param history executed changes by vertex, oldest first, trimmed to what the algorithm looks back on
 * @param restarts tracked rescales, oldest first, trimmed likewise
 * @param reconciliation the latest rescale decided, open or done
 * @param standing the present hold reason, and since when; empty before the first step
 */
public record JobState(
        MetricsWindow window,
        Map<VertexId, PendingScaleDown> pendingScaleDowns,
        Map<VertexId, List<PastScaling>> history,
        List<TrackedRestart> restarts,
        Optional<Reconciliation> reconciliation,
        Optional<Standing> standing) {

    /** A job that was never seen before. */
    public static final JobState NEW =
            new JobState(MetricsWindow.EMPTY, Map.of(), Map.of(), List.of(), Optional.empty(), Optional.empty());

    public JobState {
        pendingScaleDowns = Map.copyOf(pendingScaleDowns);
        history = Map.copyOf(history);
        restarts = List.copyOf(restarts);
    }

    public JobState withWindow(MetricsWindow next) {
        return new JobState(next, pendingScaleDowns, history, restarts, reconciliation, standing);
    }

    public JobState withReconciliation(Reconciliation next) {
        return new JobState(window, pendingScaleDowns, history, restarts, Optional.of(next), standing);
    }

    public JobState withPendingScaleDowns(Map<VertexId, PendingScaleDown> next) {
        return new JobState(window, next, history, restarts, reconciliation, standing);
    }

    public JobState withHistory(RescaleHistory next) {
        return new JobState(window, pendingScaleDowns, next.byVertex(), restarts, reconciliation, standing);
    }

    public JobState withRestarts(RestartTimes next) {
        return new JobState(window, pendingScaleDowns, history, next.tracked(), reconciliation, standing);
    }

    /** The same after a rescale that did not come about in time: what was remembered of it would mislead the decisions after it. */
    public JobState withoutRescale(Reconciliation ended) {
        Instant decidedAt = ended.decidedAt();
        return withReconciliation(ended)
                .withHistory(new RescaleHistory(history).without(decidedAt))
                .withRestarts(new RestartTimes(restarts).without(decidedAt));
    }

    /** The same with what holds for the job now; what held before keeps the time at which it began. */
    public JobState standingAt(String reason, Instant now) {
        if (standing.isPresent() && standing.get().reason().equals(reason)) {
            return this;
        }
        return new JobState(
                window, pendingScaleDowns, history, restarts, reconciliation, Optional.of(new Standing(reason, now)));
    }
}
