package io.flinkyarn.autoscaler.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers that are good for a while, so that many viewers ask the database as often as one. Any thread may ask. */
final class Cached<K, V> {

    private final Duration good;
    private final int most;
    private final Clock clock;

    private record Kept<V>(V value, Instant until) {}

    private final Map<K, Kept<V>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Kept<V>> eldest) {
            return size() > most;
        }
    };

    /**
     * @param good how long
     * @param most how many are kept: whoever asks may ask for anything
     */
    Cached(Duration good, int most, Clock clock) {
        this.good = good;
        this.most = most;
        this.clock = clock;
    }

    /** A question, which may fail. */
    interface Question<V, X extends Exception> {
        V ask() throws X;
    }

    /** Nothing that was answered before is good any more. */
    synchronized void clear() {
        kept.clear();
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
