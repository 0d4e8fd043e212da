package io.flinkyarn.autoscaler.core.plugin;

import io.flinkyarn.autoscaler.core.job.VertexId;
import java.util.Map;

/**
 * A way to fit a parallelism to what is dealt out to the subtasks of a vertex, in the place of the built-in modes. Written by others; asked by
 * the decider. It has a constructor without arguments, keeps no state, reads no clock and waits for nothing; many threads may ask it at once.
 */
public interface AlignmentMethod {

    /**
     * The parallelism that fits. What is outside the bounds is cut to them; what would turn the direction round leaves the vertex as it is.
     *
     * @param parameters what was written below {@code …mode.NAME.}, without that
     */
    int align(Wish wish, Map<String, String> parameters);

    /**
     * One vertex that wishes for another parallelism. Only sources whose partitions are known are asked about, and vertices with a keyed
     * input.
     *
     * @param parallelism today's
     * @param wanted after factors and bounds; not today's
     * @param shares how many partitions or key groups there are
     * @param lower bound of the answer
     * @param upper bound of the answer
     */
    record Wish(VertexId vertex, String name, int parallelism, int wanted, int shares, int lower, int upper) {}
}
