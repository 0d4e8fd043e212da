package io.flinkyarn.autoscaler.control;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to leave something alone that has failed. The first failure costs nothing, as most pass by themselves; from the second on one
 * cycle is skipped, then three, seven, … up to {@link #LONGEST}.
 *
 * @param failures in a row
 * @param until when to try again
 */
record Backoff(int failures, Instant until) {

    /** Nothing has failed. */
    static final Backoff NONE = new Backoff(0, Instant.MIN);

    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** One more failure. */
    Backoff failed(Instant now, Duration cycle) {
        long cycles = 1L << Math.min(failures, 20);
        Duration wait = cycle.multipliedBy(cycles);
        if (wait.compareTo(LONGEST) > 0) {
            wait = LONGEST.compareTo(cycle) > 0 ? LONGEST : cycle;
        }
        // A cycle is never exactly its interval long: half of one is left out, so that the cycle meant is not missed by
        // a moment.
        return new Backoff(failures + 1, now.plus(wait).minus(cycle.dividedBy(2)));
    }

    boolean isWaiting(Instant now) {
        return now.isBefore(until);
    }
}
