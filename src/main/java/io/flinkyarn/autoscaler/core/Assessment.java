package io.flinkyarn.autoscaler.core;

import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.core.evaluate.Evaluation;
import io.flinkyarn.autoscaler.core.evaluate.Evaluator;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.plugin.PluginFailure;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.RestartTimes;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the metrics window of a job says, as far as it says anything.
 *
 * @param evaluation empty where the window is too short for rates
 * @param failure of a custom evaluator; the evaluation is then of what was measured, for people to see, and nothing is decided by it
 */
record Assessment(Optional<Evaluation> evaluation, Optional<PluginFailure> failure) {

    static final Assessment NONE = new Assessment(Optional.empty(), Optional.empty());

    static Assessment of(JobState state, JobGraph graph, ScalingPolicy policy, Instant now) {
        MetricsWindow usable = state.window().usable();
        if (usable.size() < 2) {
            return NONE;
        }
        Duration restartTime =
                new RestartTimes(state.restarts()).within(policy.history(), now).expected(policy.restart());
        try {
            Evaluation evaluation = Evaluator.evaluate(
                    graph, usable, policy, restartTime, policy.plugins().evaluators());
            return new Assessment(Optional.of(evaluation), Optional.empty());
        } catch (PluginFailure e) {
            Evaluation measured = Evaluator.evaluate(graph, usable, policy, restartTime, List.of());
            return new Assessment(Optional.of(measured), Optional.of(e));
        }
    }

    /** What is known of each vertex, before anything is decided. */
    List<Verdict> verdicts(JobGraph graph) {
        if (evaluation.isEmpty()) {
            return List.of();
        }
        List<Verdict> verdicts = new ArrayList<>(graph.size());
        for (int i = 0; i < graph.size(); i++) {
            verdicts.add(Verdict.undecided(
                    graph.vertex(i), evaluation.get().vertices().get(i), VertexOutcome.NOT_DECIDED));
        }
        return verdicts;
    }
}
