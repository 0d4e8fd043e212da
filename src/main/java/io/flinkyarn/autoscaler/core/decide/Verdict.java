package io.flinkyarn.autoscaler.core.decide;

import io.flinkyarn.autoscaler.core.evaluate.Estimator;
import io.flinkyarn.autoscaler.core.evaluate.Replaced;
import io.flinkyarn.autoscaler.core.evaluate.VertexEvaluation;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Everything that went into the decision about one vertex, and what came out. Made by the evaluation and the decider; the log line, the
 * event, the decision row and {@code explain} all read this record. An empty number is not known.
 *
 * @param parallelism today's
 * @param targetRate records/s that arrive, with the growth of the lag
 * @param catchUpRate records/s on top, to work off the lag
 * @param lag records that wait in front of the vertex; sources only
 * @param busyRatio mean over the window, as aggregated over the subtasks, in [0, 1]
 * @param trueProcessingRate records/s that the vertex could process if it were always busy; +infinity: it receives nothing
 * @param estimator where {@code trueProcessingRate} comes from
 * @param replaced the rates among these that custom evaluators have set, in the order in which they did
 * @param scaleUpThreshold records/s; below it the vertex is too slow
 * @param scaleDownThreshold records/s; above it the vertex is too fast
 * @param requiredCapacity records/s that it should be able to process, at the target utilization
 * @param scaleFactor required capacity over true processing rate, before any limit
 * @param scalability coefficient in (0, 1] that was learnt for this vertex; 1 where none is used
 * @param rawParallelism what the formula asks for, before limits
 * @param limitedParallelism after factors and bounds
 * @param limit the rule that made the difference between the two
 * @param alignedParallelism after alignment to key groups or partitions
 * @param newParallelism what the vertex gets if the job is rescaled now
 * @param expectedProcessingRate records/s after the change; where the change waits or is blocked, at {@code alignedParallelism}; empty where
 *     nothing would change
 * @param outsideBand whether the true processing rate lies outside the two thresholds
 */
public record Verdict(
        VertexId vertex,
        String name,
        int parallelism,
        int maxParallelism,
        OptionalDouble targetRate,
        OptionalDouble catchUpRate,
        OptionalDouble lag,
        OptionalDouble busyRatio,
        OptionalDouble trueProcessingRate,
        Estimator estimator,
        List<Replaced> replaced,
        OptionalDouble scaleUpThreshold,
        OptionalDouble scaleDownThreshold,
        OptionalDouble requiredCapacity,
        OptionalDouble scaleFactor,
        double scalability,
        int rawParallelism,
        int limitedParallelism,
        Limit limit,
        int alignedParallelism,
        int newParallelism,
        OptionalDouble expectedProcessingRate,
        boolean outsideBand,
        VertexOutcome outcome) {

    public Verdict {
        replaced = List.copyOf(replaced);
    }

    /** The verdict on a vertex about which nothing can be decided; its numbers are kept as far as they are known. */
    public static Verdict undecided(JobVertex vertex, VertexEvaluation rates, VertexOutcome outcome) {
        int p = vertex.parallelism();
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
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                1,
                p,
                p,
                Limit.NONE,
                p,
                p,
                OptionalDouble.empty(),
                rates.outsideBand(),
                outcome);
    }

    /** The verdict on a vertex of which nothing was measured. */
    static Verdict unmeasured(JobVertex vertex, VertexOutcome outcome) {
        return undecided(vertex, VertexEvaluation.UNKNOWN, outcome);
    }

    /** The same for a vertex that a scaling executor gives another parallelism than was planned. */
    Verdict otherwise(int to) {
        return instead(to, VertexOutcome.EXECUTOR);
    }

    /** The same for a vertex that gets less than was planned, as there is no room for more. */
    Verdict cut(int to) {
        return instead(to, VertexOutcome.CUT);
    }

    private Verdict instead(int to, VertexOutcome next) {
        if (to == newParallelism) {
            return this;
        }
        OptionalDouble expected = to == parallelism || trueProcessingRate.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(trueProcessingRate.getAsDouble() / parallelism * to);
        return at(rawParallelism, limitedParallelism, limit, alignedParallelism, to, expected, next);
    }

    /**
     * The same for a vertex that is to run as it did in an earlier run of the job.
     *
     * @param before how it ran then
     * @param limited by what is allowed today
     */
    Verdict restored(int before, int limited, Limit by) {
        VertexOutcome next = limited == parallelism ? VertexOutcome.UNCHANGED : VertexOutcome.RESTORED;
        return at(before, limited, by, limited, limited, OptionalDouble.empty(), next);
    }

    private Verdict at(
            int raw, int limited, Limit by, int aligned, int to, OptionalDouble expected, VertexOutcome next) {
        return new Verdict(
                vertex,
                name,
                parallelism,
                maxParallelism,
                targetRate,
                catchUpRate,
                lag,
                busyRatio,
                trueProcessingRate,
                estimator,
                replaced,
                scaleUpThreshold,
                scaleDownThreshold,
                requiredCapacity,
                scaleFactor,
                scalability,
                raw,
                limited,
                by,
                aligned,
                to,
                expected,
                outsideBand,
                next);
    }

    public boolean changes() {
        return newParallelism != parallelism;
    }
}
