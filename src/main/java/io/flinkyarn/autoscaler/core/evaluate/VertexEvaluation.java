package io.flinkyarn.autoscaler.core.evaluate;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What the metrics window says about one vertex. Made by the evaluator, read by the decider. An empty number is not known.
 *
 * @param targetRate records/s that arrive, with the growth of the lag
 * @param catchUpRate records/s on top, to work off the lag
 * @param lag records that wait in front of the vertex; sources only
 * @param busyRatio mean over the window, as aggregated over the subtasks
 * @param busyNow whether the busy time was known in the latest sample
 * @param trueProcessingRate records/s that it could process if it were always busy; +infinity: it receives nothing
 * @param replaced the rates that custom evaluators have set, in the order in which they did
 */
public record VertexEvaluation(
        OptionalDouble targetRate,
        OptionalDouble catchUpRate,
        OptionalDouble lag,
        OptionalDouble busyRatio,
        boolean busyNow,
        OptionalDouble trueProcessingRate,
        Estimator estimator,
        RequiredCapacity capacity,
        UtilizationBand band,
        List<Replaced> replaced) {

    public VertexEvaluation {
        replaced = List.copyOf(replaced);
    }

    /** What is known of a vertex that was not measured. */
    public static final VertexEvaluation UNKNOWN = new VertexEvaluation(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            false,
            OptionalDouble.empty(),
            Estimator.UNKNOWN,
            new RequiredCapacity(Double.NaN, Double.NaN, Double.NaN),
            new UtilizationBand(OptionalDouble.empty(), OptionalDouble.empty()),
            List.of());

    /** Whether the true processing rate is known and lies outside the utilization band. */
    public boolean outsideBand() {
        return trueProcessingRate.isPresent() && band.excludes(trueProcessingRate.getAsDouble());
    }
}
