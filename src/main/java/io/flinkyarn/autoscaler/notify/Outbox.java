package io.flinkyarn.autoscaler.notify;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be told to one receiver, in order. Any thread may put something in, and never waits; one thread at a time empties it. It holds no more than
 * {@value #CAPACITY}: then the oldest is given up, as is whatever could not be delivered for an hour. How many were given up, the next that is delivered says.
 */
final class Outbox {

    static final int CAPACITY = 500;
    static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final String receiver;
    private final Channel channel;
    private final Clock clock;

    /** Guarded by itself. */
    private final Deque<Notice> waiting = new ArrayDeque<>();

    /** Guarded by {@link #waiting}, as are the following. */
    private long lost;

    private long untold;
    private long sent;

    /** Failures in a row; belongs to the thread that empties. */
    private int failures;

    private Instant nextTry = Instant.MIN;

    Outbox(String receiver, Channel channel, Clock clock) {
        this.receiver = receiver;
        this.channel = channel;
        this.clock = clock;
    }

    Notifier.Figures figures() {
        synchronized (waiting) {
            return new Notifier.Figures(receiver, waiting.size(), sent, lost);
        }
    }

    String receiver() {
        return receiver;
    }

    void put(Notice notice) {
        boolean first = false;
        synchronized (waiting) {
            if (waiting.size() == CAPACITY) {
                waiting.removeFirst();
                lost++;
                untold++;
                first = untold == 1;
            }
            waiting.addLast(notice);
        }
        if (first) {
            LOG.warn("{} messages wait for receiver {}: from now on the oldest are given up", CAPACITY, receiver);
        }
    }

    /** Delivers what waits until nothing does, or it fails. Does not throw. */
    void empty() {
        Optional<Notice> next = next();
        while (next.isPresent() && !clock.instant().isBefore(nextTry)) {
            try {
                channel.send(next.get());
                delivered(next.get());
            } catch (IOException e) {
                failed(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            next = next();
        }
    }

    private Optional<Notice> next() {
        Instant oldest = clock.instant().minus(PATIENCE);
        synchronized (waiting) {
            while (!waiting.isEmpty() && waiting.getFirst().at().isBefore(oldest)) {
                waiting.removeFirst();
                lost++;
                untold++;
            }
            return Optional.ofNullable(waiting.peekFirst()).map(notice -> notice.withLost(untold));
        }
    }

    private void delivered(Notice notice) {
        if (failures > 0) {
            LOG.info("receiver {} takes messages again", receiver);
        }
        failures = 0;
        nextTry = Instant.MIN;
        synchronized (waiting) {
            sent++;
            untold -= notice.lost();
            // While it was sent it may have been the oldest that was given up.
            if (!waiting.isEmpty() && waiting.getFirst().withLost(notice.lost()).equals(notice)) {
                waiting.removeFirst();
            }
        }
    }

    private void failed(String why) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        failures++;
        nextTry = clock.instant().plus(pause);
        if (failures == 1) {
            LOG.warn(
                    "receiver {} does not take a message: {}; this is tried again for {} min, then the message is given up",
                    receiver,
                    why,
                    PATIENCE.toMinutes());
        } else {
            LOG.debug("receiver {} does not take a message: {}", receiver, why);
        }
    }
}
