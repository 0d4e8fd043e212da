package io.flinkyarn.autoscaler.core.plugin;

import java.util.List;
import java.util.Optional;

/**
 * The plugins that have a say in the decisions about one job.
 *
 * @param evaluators in the order in which they are asked
 * @param alignment takes the place of the alignment mode
 * @param executors in the order in which they are asked
 */
public record Plugins(
        List<Plugged<VertexEvaluator>> evaluators,
        Optional<Plugged<AlignmentMethod>> alignment,
        List<Plugged<ScalingExecutor>> executors) {

    public static final Plugins NONE = new Plugins(List.of(), Optional.empty(), List.of());

    public Plugins {
        evaluators = List.copyOf(evaluators);
        executors = List.copyOf(executors);
    }
}
