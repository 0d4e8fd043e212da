package io.flinkyarn.autoscaler.yarn;

import java.time.Instant;

/** What became of an application, as the ResourceManager tells. Made by {@link YarnSession}, read by {@link Departures}. */
sealed interface Fate {

    /**
     * It will never run again.
     *
     * @param how its state, its final status and the first line of its diagnostics; for people
     */
    record Ended(String how, Instant at) implements Fate {}

    /**
     * It has not ended.
     *
     * @param running whether it is in state RUNNING, so that our filter alone keeps it from being listed; otherwise it is between two states
     */
    record Alive(boolean running) implements Fate {}

    /** The ResourceManager has no such application, or none any more. */
    record Unknown() implements Fate {}
}
