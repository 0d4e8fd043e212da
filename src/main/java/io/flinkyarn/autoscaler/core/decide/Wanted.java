package io.flinkyarn.autoscaler.core.decide;

import io.flinkyarn.autoscaler.core.evaluate.VertexEvaluation;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.state.PastScaling;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The parallelism that the rates of a vertex ask for, before alignment.
 *
 * @param scalability coefficient that was learnt for the vertex
 * @param raw what the formula asks for
 * @param limited after factors and bounds
 * @param limit the rule that made the difference
 */
record Wanted(
        JobVertex vertex,
        VertexEvaluation rates,
        double trueProcessingRate,
        double requiredCapacity,
        double scalability,
        ScaleFactor factor,
        int raw,
        int limited,
        Limit limit,
        ParallelismBounds bounds) {

    /** Empty where a rate is not known. */
    static Optional<Wanted> of(
            JobVertex vertex, boolean source, VertexEvaluation rates, ScalingPolicy policy, List<PastScaling> past) {
        OptionalDouble capability = rates.trueProcessingRate();
        OptionalDouble capacity =
                rates.capacity().withRestart(policy.utilization().target());
        if (capability.isEmpty() || capacity.isEmpty()) {
            return Optional.empty();
        }
        double scalability = Scalability.coefficient(past, policy.scalability());
        ScaleFactor factor =
                ScaleFactor.of(capacity.getAsDouble(), capability.getAsDouble(), scalability, policy.limits());
        if (Double.isNaN(factor.raw())) {
            return Optional.empty();
        }
        int p = vertex.parallelism();
        int raw = ScaleFactor.apply(factor.raw(), p);
        int afterFactors = ScaleFactor.apply(factor.limited(), p);
        ParallelismBounds bounds = ParallelismBounds.of(vertex, source, policy.limits());
        int limited = bounds.clamp(afterFactors);
        return Optional.of(new Wanted(
                vertex,
                rates,
                capability.getAsDouble(),
                capacity.getAsDouble(),
                scalability,
                factor,
                raw,
                limited,
                limit(raw, afterFactors, limited, factor, bounds),
                bounds));
    }

    private static Limit limit(int raw, int afterFactors, int limited, ScaleFactor factor, ParallelismBounds bounds) {
        if (limited != afterFactors) {
            return bounds.limit(afterFactors);
        }
        return raw == limited ? Limit.NONE : factor.limit();
    }

    /** @param to the parallelism that is given to the vertex */
    Verdict verdict(Alignment alignment, int to, VertexOutcome outcome) {
        int p = vertex.parallelism();
        int expectedAt = to == p ? alignment.parallelism() : to;
        return new Verdict(
                vertex.id(),
                vertex.name(),
                p,
                vertex.maxParallelism(),
                rates.targetRate(),
                rates.catchUpRate(),
                rates.lag(),
                rates.busyRatio(),
                rates.trueProcessingRate(),
                rates.estimator(),
                rates.replaced(),
                rates.band().scaleUpThreshold(),
                rates.band().scaleDownThreshold(),
                OptionalDouble.of(requiredCapacity),
                OptionalDouble.of(factor.raw()),
                scalability,
                raw,
                limited,
                limit,
                alignment.parallelism(),
                to,
                expectedAt == p ? OptionalDouble.empty() : OptionalDouble.of(trueProcessingRate / p * expectedAt),
                rates.outsideBand(),
                outcome);
    }
}
