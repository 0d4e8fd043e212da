package io.flinkyarn.autoscaler.yarn;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A time in which a ResourceManager or an application does not answer. Lengthened with every attempt that fails. The longer it has lasted, the more
 * rarely it is asked, so that its end is noticed within a quarter of its length: a failover of a minute costs some seconds more.
 *
 * @param since when it first failed to answer
 * @param attempts how often it has been asked since, the first time included
 * @param due when it is asked again
 */
record Outage(Instant since, int attempts, Instant due) {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int PAUSES_PER_LENGTH = 4;
    private static final int FIRST_ATTEMPTS = 3;
    /** Part of a pause that is left to chance, so that several daemons do not ask in step. */
    private static final double JITTER = 0.2;

    /**
     * An outage that begins now.
     *
     * @param pause until it is asked again, before chance shortens it
     * @param chance in [0, 1)
     */
    static Outage begin(Instant now, Duration pause, double chance) {
        return new Outage(now, 1, now.plus(shortened(pause, chance)));
    }

    /** The same outage after one more attempt: the next pause is a quarter of its length, up to five minutes. */
    Outage again(Instant now, Duration firstPause, double chance) {
        Duration pause = Duration.between(since, now).dividedBy(PAUSES_PER_LENGTH);
        Duration longest = longer(firstPause, LONGEST_PAUSE);
        Duration bounded = pause.compareTo(longest) > 0 ? longest : longer(firstPause, pause);
        return new Outage(since, attempts + 1, now.plus(shortened(bounded, chance)));
    }

    /** Whether it may be one of the many that pass within seconds. */
    boolean isFresh() {
        return attempts <= FIRST_ATTEMPTS;
    }

    /** For people. */
    String describe() {
        return "failing since " + seconds(since) + ", attempt " + attempts + ", next at " + seconds(due);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shortened(Duration pause, double chance) {
        return Duration.ofMillis(Math.round(pause.toMillis() * (1 - JITTER * chance)));
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
