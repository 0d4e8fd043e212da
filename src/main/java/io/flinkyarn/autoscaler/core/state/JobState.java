package io.flinkyarn.autoscaler.core.state;

import io.flinkyarn.autoscaler.core.job.JobGraph;
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
 * @param good the parallelism at which the job was last seen to run well; empty before that
 */
public record JobState(
        MetricsWindow window,
        Map<VertexId, PendingScaleDown> pendingScaleDowns,
        Map<VertexId, List<PastScaling>> history,
        List<TrackedRestart> restarts,
        Optional<Reconciliation> reconciliation,
        Optional<Standing> standing,
        Optional<GoodParallelism> good) {

    /** A job that was never seen before. */
    public static final JobState NEW = new JobState(
            MetricsWindow.EMPTY, Map.of(), Map.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    public JobState {
        pendingScaleDowns = Map.copyOf(pendingScaleDowns);
        history = Map.copyOf(history);
        restarts = List.copyOf(restarts);
    }

    public JobState withWindow(MetricsWindow next) {
        return new JobState(next, pendingScaleDowns, history, restarts, reconciliation, standing, good);
    }

    /** The same with an empty window. */
    public JobState withoutSamples() {
        return withWindow(new MetricsWindow(window.vertices(), List.of()));
    }

    public JobState withReconciliation(Reconciliation next) {
        return new JobState(window, pendingScaleDowns, history, restarts, Optional.of(next), standing, good);
    }

    public JobState withPendingScaleDowns(Map<VertexId, PendingScaleDown> next) {
        return new JobState(window, next, history, restarts, reconciliation, standing, good);
    }

    public JobState withHistory(RescaleHistory next) {
        return new JobState(window, pendingScaleDowns, next.byVertex(), restarts, reconciliation, standing, good);
    }

    public JobState withRestarts(RestartTimes next) {
        return new JobState(window, pendingScaleDowns, history, next.tracked(), reconciliation, standing, good);
    }

    JobState withGood(Optional<GoodParallelism> next) {
        return new JobState(window, pendingScaleDowns, history, restarts, reconciliation, standing, next);
    }

    /** The same for a job that has shown that it runs well as it runs now. */
    public JobState goodAt(JobGraph graph) {
        boolean known = good.filter(g -> g.holdsFor(graph)).isPresent();
        return known ? this : withGood(Optional.of(GoodParallelism.shownBy(graph)));
    }

    /** What was good for an earlier run and was not tried in this one; empty once this run has a rescale, or a parallelism, of its own. */
    public Optional<GoodParallelism> toBeRestored() {
        return good.filter(g -> g.inherited() && reconciliation.isEmpty());
    }

    /** The same where what is to be restored is tried now: once, as long as the job has not shown that it still is good. */
    public JobState restoring() {
        return withGood(Optional.empty());
    }

    /** Whether nothing is known of the job that an earlier run could not know as well. */
    public boolean isBlank() {
        return window.isEmpty()
                && pendingScaleDowns.isEmpty()
                && history.isEmpty()
                && restarts.isEmpty()
                && reconciliation.isEmpty()
                && good.isEmpty();
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
        return standingSince(reason, now);
    }

    /** The same with what holds for the job, and since when that began wherever it was said. */
    public JobState standingSince(String reason, Instant since) {
        return new JobState(
                window,
                pendingScaleDowns,
                history,
                restarts,
                reconciliation,
                Optional.of(new Standing(reason, since)),
                good);
    }
}
