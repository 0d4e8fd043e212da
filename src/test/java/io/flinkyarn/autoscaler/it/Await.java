package io.flinkyarn.autoscaler.it;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for something that another process does. */
public final class Await {

    private static final long POLL_MILLIS = 250;

    private Await() {}

    /** A question to the other process. An exception means "not yet"; the last one is told when time is up. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException;
    }

    /** @throws IOException that says what did not come true within the deadline */
    public static void until(String what, Duration deadline, Condition condition) throws IOException {
        long end = System.nanoTime() + deadline.toNanos();
        IOException last = null;
        do {
            try {
                if (condition.holds()) {
                    return;
                }
                last = null;
            } catch (IOException e) {
                last = e;
            }
            pause();
        } while (System.nanoTime() < end);
        throw new IOException("not within " + deadline.toSeconds() + " s: " + what, last);
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting", e);
        }
    }
}
