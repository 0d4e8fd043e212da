package io.flinkyarn.autoscaler.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers that are good for a while, so that many viewers ask the database as often as one. Any thread may ask. */
final class Cached<K, V> {

    private static final int MOST = 200;

    private final Duration good;
    private final Clock clock;

    private record Kept<V>(V value, Instant until) {}

    private final Map<K, Kept<V>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Kept<V>> eldest) {
            return size() > MOST;
        }
    };

    /** @param good how long */
    Cached(Duration good, Clock clock) {
        this.good = good;
        this.clock = clock;
    }

    /** A question, which may fail. */
    interface Question<V, X extends Exception> {
        V ask() throws X;
    }

    /** Whoever comes while somebody asks, waits for the answer. */
    synchronized <X extends Exception> V get(K key, Question<V, X> question) throws X {
        Instant now = clock.instant();
        Kept<V> found = kept.get(key);
        if (found != null && now.isBefore(found.until())) {
            return found.value();
        }
        V value = question.ask();
        kept.put(key, new Kept<>(value, now.plus(good)));
        return value;
    }
}
