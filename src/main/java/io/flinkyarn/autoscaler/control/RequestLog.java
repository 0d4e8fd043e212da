package io.flinkyarn.autoscaler.control;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Counts what the adapters ask of other processes, so that the load which we put on a ResourceManager can be seen. Written by the adapters,
 * read by telemetry. Any thread may call it.
 */
public final class RequestLog {

    /** Up to how long the requests took that are counted together, ascending. */
    public static final List<Duration> BOUNDS = LongStream.of(
                    5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
            .mapToObj(Duration::ofMillis)
            .toList();

    private final ConcurrentMap<Request, Tally> tallies = new ConcurrentHashMap<>();

    /** Over which way a request went. */
    public enum Way {
        /** Through the web proxy of YARN. */
        PROXY,
        /** Straight to the process that answers. */
        DIRECT,
        /** To the ResourceManager itself, by Hadoop's protocol. */
        RPC;

        /** Whether the ResourceManager has work with it. */
        public boolean loadsResourceManager() {
            return this != DIRECT;
        }
    }

    /**
     * What is counted together.
     *
     * @param method of HTTP, or {@code RPC}
     * @param route the path with names in the place of ids, for instance {@code /jobs/:job}, or the name of the call
     * @param outcome the HTTP status, {@code no_answer}, or of a call {@code ok} or {@code failed}
     */
    public record Request(String cluster, Way way, String method, String route, String outcome) {}

    /**
     * How often a request was made.
     *
     * @param took summed over the requests
     * @param byTime how many took so long: up to each of the {@link #BOUNDS} but longer than the one before, and at the end those beyond all
     */
    public record Count(Request request, long requests, Duration took, List<Long> byTime) {

        public Count {
            byTime = List.copyOf(byTime);
        }
    }

    public void add(Request request, Duration took) {
        tallies.computeIfAbsent(request, r -> new Tally()).add(took);
    }

    /** All counts since the start of the process, ordered by cluster and route. */
    public List<Count> counts() {
        return tallies.entrySet().stream()
                .map(e -> e.getValue().count(e.getKey()))
                .sorted(Comparator.comparing((Count c) -> c.request().cluster())
                        .thenComparing(c -> c.request().route())
                        .thenComparing(c -> c.request().outcome()))
                .toList();
    }

    /** Requests of all kinds since the start of the process. */
    public long total() {
        return counts().stream().mapToLong(Count::requests).sum();
    }

    private record Tally(LongAdder nanos, List<LongAdder> byTime) {

        Tally() {
            this(
                    new LongAdder(),
                    Stream.generate(LongAdder::new).limit(BOUNDS.size() + 1).toList());
        }

        void add(Duration took) {
            int bound = 0;
            while (bound < BOUNDS.size() && took.compareTo(BOUNDS.get(bound)) > 0) {
                bound++;
            }
            byTime.get(bound).increment();
            nanos.add(took.toNanos());
        }

        Count count(Request request) {
            List<Long> counts = byTime.stream().map(LongAdder::sum).toList();
            long requests = counts.stream().mapToLong(Long::longValue).sum();
            return new Count(request, requests, Duration.ofNanos(nanos.sum()), counts);
        }
    }
}
