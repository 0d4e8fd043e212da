package io.flinkyarn.autoscaler.core.evaluate;

import io.flinkyarn.autoscaler.core.evaluate.Replaced.Rate;
import io.flinkyarn.autoscaler.core.plugin.Plugged;
import io.flinkyarn.autoscaler.core.plugin.VertexEvaluator;
import io.flinkyarn.autoscaler.core.plugin.VertexEvaluator.Measured;
import io.flinkyarn.autoscaler.core.plugin.VertexEvaluator.Replacement;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The rates of one vertex that everything else is computed from: as measured, or as custom evaluators set them. In records/s; NaN: unknown.
 *
 * @param replaced in the order in which it was done
 */
record VertexRates(double target, double catchUp, TrueProcessingRate capability, List<Replaced> replaced) {

    /** @throws io.flinkyarn.autoscaler.core.plugin.PluginFailure if the evaluator fails, or answers a number that is no rate */
    VertexRates replacedBy(Plugged<VertexEvaluator> evaluator, Measured measured) {
        Replacement answer = evaluator.ask(plugin -> plugin.evaluate(measured, evaluator.parameters()));
        return with(evaluator, measured, Rate.TARGET, answer.targetRate())
                .with(evaluator, measured, Rate.CATCH_UP, answer.catchUpRate())
                .with(evaluator, measured, Rate.TRUE_PROCESSING, answer.trueProcessingRate());
    }

    private VertexRates with(Plugged<VertexEvaluator> evaluator, Measured measured, Rate rate, OptionalDouble answer) {
        if (answer.isEmpty()) {
            return this;
        }
        double by = answer.getAsDouble();
        if (!isLegal(rate, by)) {
            throw evaluator.failure("sets the " + rate.sentence() + " of vertex " + measured.name() + " to " + by
                    + " records/s, expected "
                    + (rate == Rate.TRUE_PROCESSING ? "more than 0" : "a finite number, at least 0"));
        }
        double before = switch (rate) {
            case TARGET -> target;
            case CATCH_UP -> catchUp;
            case TRUE_PROCESSING -> capability.value();
        };
        Replaced one = new Replaced(evaluator.name(), rate, Known.of(before), by);
        List<Replaced> all = Stream.concat(replaced.stream(), Stream.of(one)).toList();
        return switch (rate) {
            case TARGET -> new VertexRates(by, catchUp, capability, all);
            case CATCH_UP -> new VertexRates(target, by, capability, all);
            case TRUE_PROCESSING ->
                new VertexRates(target, catchUp, new TrueProcessingRate(by, Estimator.EVALUATOR), all);
        };
    }

    /** NaN is neither more than 0 nor finite. */
    private static boolean isLegal(Rate rate, double by) {
        return rate == Rate.TRUE_PROCESSING ? by > 0 : by >= 0 && Double.isFinite(by);
    }
}
