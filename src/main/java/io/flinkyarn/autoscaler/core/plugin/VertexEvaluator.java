package io.flinkyarn.autoscaler.core.plugin;

import static java.util.Objects.requireNonNull;

import io.flinkyarn.autoscaler.core.job.VertexId;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Knows the rates of a vertex better than they can be measured: a load that is to come, or a capability that is known from elsewhere. Written
 * by others; asked by the evaluator about each vertex, inputs first, in the order in which the configuration names them. It has a constructor
 * without arguments, keeps no state, reads no clock and waits for nothing; many threads may ask it at once.
 */
public interface VertexEvaluator {

    /** @param parameters what was written below {@code metrics.custom-evaluator.NAME.}, without that */
    Replacement evaluate(Measured measured, Map<String, String> parameters);

    /**
     * What the metrics window says about one vertex, with what the evaluators before have replaced. A number that is empty is not known.
     *
     * @param at time of the latest sample
     * @param processingBacklog whether a source of the job lags so far behind that the job may run at full utilization
     * @param targetRate records/s that arrive, with the growth of the lag
     * @param catchUpRate records/s on top, to work off the lag
     * @param lag records that wait in front of the vertex; sources only
     * @param busyRatio mean over the window, as aggregated over the subtasks, in [0, 1]
     * @param trueProcessingRate records/s that it could process if it were always busy; +infinity: it receives nothing
     */
    record Measured(
            VertexId vertex,
            String name,
            int parallelism,
            boolean source,
            Instant at,
            boolean processingBacklog,
            OptionalDouble targetRate,
            OptionalDouble catchUpRate,
            OptionalDouble lag,
            OptionalDouble busyRatio,
            OptionalDouble trueProcessingRate) {}

    /**
     * What takes the place of the rates measured; an empty one stays as it is.
     *
     * @param targetRate records/s, finite, at least 0; it reaches the vertices behind as a measured one would
     * @param catchUpRate records/s, finite, at least 0; likewise
     * @param trueProcessingRate records/s at today's parallelism, more than 0; +infinity: the vertex receives nothing
     */
    record Replacement(OptionalDouble targetRate, OptionalDouble catchUpRate, OptionalDouble trueProcessingRate) {

        /** Everything stays as it was measured. */
        public static final Replacement NONE =
                new Replacement(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

        public Replacement {
            requireNonNull(targetRate);
            requireNonNull(catchUpRate);
            requireNonNull(trueProcessingRate);
        }

        public Replacement withTargetRate(double rate) {
            return new Replacement(OptionalDouble.of(rate), catchUpRate, trueProcessingRate);
        }

        public Replacement withCatchUpRate(double rate) {
            return new Replacement(targetRate, OptionalDouble.of(rate), trueProcessingRate);
        }

        public Replacement withTrueProcessingRate(double rate) {
            return new Replacement(targetRate, catchUpRate, OptionalDouble.of(rate));
        }
    }
}
