package io.flinkyarn.autoscaler.core.state;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.util.Optional;
import java.util.Set;

/**
 * A run that a job had before the present one. Made by the state store, for the first step of a new run.
 *
 * @param state as it was left, without the samples of its window
 */
public record EarlierRun(JobKey key, JobState state) {

    /**
     * The state of a new run, with what was learnt in this one: how long restarts take, and, where the job graph is the same, what its
     * scalings brought, and which parallelism was good. What was measured, and what was under way, belongs to this run alone.
     *
     * @param graph of the new run
     */
    public JobState handDown(JobState toBlank, JobGraph graph) {
        JobState learnt = toBlank.withRestarts(new RestartTimes(state.restarts()).measured());
        return hasGraph(graph)
                ? learnt.withHistory(came()).withGood(state.good().map(GoodParallelism::handedDown))
                : learnt;
    }

    /**
     * Whether this run had the same job graph, that is, the same vertices. Their ids suffice: Flink makes the id of a vertex from
     * its place in the topology, the same one in every submission; who gives operators a uid says himself which are the same.
     */
    public boolean hasGraph(JobGraph graph) {
        Set<?> ids = Set.copyOf(graph.ids());
        return ids.equals(Set.copyOf(state.window().vertices()))
                || state.good().filter(good -> good.isOf(graph)).isPresent();
    }

    /** Changes that were asked for and never seen to run say nothing. */
    private RescaleHistory came() {
        RescaleHistory history = new RescaleHistory(state.history());
        Optional<Reconciliation> open =
                state.reconciliation().filter(latest -> latest.phase().isOpen());
        return open.map(latest -> history.without(latest.decidedAt())).orElse(history);
    }
}
