package io.flinkyarn.autoscaler.core.plugin;

import io.flinkyarn.autoscaler.core.job.VertexId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Has a say in a rescale that everything else allows. Written by others; asked by the step, in ascending order of priority, each about what
 * the one before has left. It has a constructor without arguments, keeps no state, reads no clock and waits for nothing; many threads may ask
 * it at once.
 */
public interface ScalingExecutor {

    /** The lower, the earlier. */
    default int priority() {
        return 0;
    }

    /** @param parameters what was written below {@code scaling.custom-executor.NAME.}, without that */
    Opinion judge(Request request, Map<String, String> parameters);

    /**
     * A rescale that is about to be decided.
     *
     * @param changes never empty
     */
    record Request(List<Change> changes, Instant now) {

        public Request {
            changes = List.copyOf(changes);
        }
    }

    /**
     * One vertex of the rescale. A rate that is empty is not known.
     *
     * @param from today's parallelism
     * @param to what it is to be set to
     * @param maxParallelism to which it may be set: that of the vertex, or less where an administrator has set a cap
     * @param targetRate records/s that arrive
     * @param trueProcessingRate records/s that it could process if it were always busy; may be infinite
     */
    record Change(
            VertexId vertex,
            String name,
            int from,
            int to,
            int maxParallelism,
            OptionalDouble targetRate,
            OptionalDouble trueProcessingRate) {}

    /** What an executor says. */
    sealed interface Opinion {

        /** Calls the function that belongs to this opinion. */
        default <T> T match(Function<Agree, T> agree, Function<Veto, T> veto, Function<Instead, T> instead) {
            if (this instanceof Agree a) {
                return agree.apply(a);
            }
            return this instanceof Veto v ? veto.apply(v) : instead.apply((Instead) this);
        }
    }

    /** As it is. */
    record Agree() implements Opinion {}

    /**
     * Not now.
     *
     * @param why for people
     */
    record Veto(String why) implements Opinion {}

    /**
     * Yes, but otherwise.
     *
     * @param parallelism of vertices of the request, from 1 to their max parallelism; today's takes one out of the rescale. Those that are not
     *     named are left as they were planned
     */
    record Instead(Map<VertexId, Integer> parallelism) implements Opinion {

        public Instead {
            parallelism = Map.copyOf(parallelism);
        }
    }
}
