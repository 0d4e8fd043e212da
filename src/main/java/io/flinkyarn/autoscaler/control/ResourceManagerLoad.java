package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.control.RequestLog.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many requests a second each ResourceManager gets from us, its web proxy included, over the last minute. Asked at intervals by one thread; what it was told
 * last time is what it compares with.
 */
public final class ResourceManagerLoad {

    private static final Duration SPAN = Duration.ofMinutes(1);

    private final Deque<Reading> readings = new ArrayDeque<>();

    private record Reading(Instant at, Map<String, Long> requests) {}

    /**
     * Requests per second by cluster, of those that got any.
     *
     * @param counts since the start of the process
     */
    public Map<String, Double> perSecond(List<Count> counts, Instant now) {
        Map<String, Long> requests = new HashMap<>();
        counts.stream()
                .filter(count -> count.request().way().loadsResourceManager())
                .forEach(count -> requests.merge(count.request().cluster(), count.requests(), Long::sum));
        readings.removeIf(reading -> reading.at.isAfter(now));
        readings.addLast(new Reading(now, requests));
        while (readings.size() > 2 && readings.peekFirst().at.isBefore(now.minus(SPAN))) {
            readings.removeFirst();
        }
        return since(readings.getFirst(), requests, now);
    }

    private static Map<String, Double> since(Reading before, Map<String, Long> requests, Instant now) {
        double seconds = Duration.between(before.at, now).toMillis() / 1000.0;
        Map<String, Double> rates = new HashMap<>();
        requests.forEach((cluster, count) -> {
            long more = count - before.requests.getOrDefault(cluster, 0L);
            if (seconds > 0 && more > 0) {
                rates.put(cluster, more / seconds);
            }
        });
        return rates;
    }
}
