package io.flinkyarn.autoscaler.control;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what the adapters ask of other processes, so that the load which we put on a ResourceManager can be seen. Written by the adapters,
 * read by telemetry. Any thread may call it.
 */
public final class RequestLog {

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
     */
    public record Count(Request request, long requests, Duration took) {}

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

    private record Tally(LongAdder requests, LongAdder nanos) {

        Tally() {
            this(new LongAdder(), new LongAdder());
        }

        void add(Duration took) {
            requests.increment();
            nanos.add(took.toNanos());
        }

        Count count(Request request) {
            return new Count(request, requests.sum(), Duration.ofNanos(nanos.sum()));
        }
    }
}
