package io.flinkyarn.autoscaler.core.state;

import java.time.Instant;
import java.util.List;

/**
 * A scale-down of one vertex that waits for the scale-down interval.
 *
 * @param firstWish when it was first wished for
 * @param wishes what was wished for since and may still become the largest wish, oldest first; never empty
 */
public record PendingScaleDown(Instant firstWish, List<Wish> wishes) {

    /** One wish: the parallelism asked for, and whether the vertex was outside its utilization band then. */
    public record Wish(Instant at, int parallelism, boolean outsideBand) {}

    public PendingScaleDown {
        wishes = List.copyOf(wishes);
    }

    /** The largest wish; of equal ones the later. */
    public Wish largest() {
        Wish largest = wishes.get(0);
        for (Wish wish : wishes) {
            if (wish.parallelism() >= largest.parallelism()) {
                largest = wish;
            }
        }
        return largest;
    }
}
