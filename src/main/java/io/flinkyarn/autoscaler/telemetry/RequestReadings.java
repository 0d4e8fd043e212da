package io.flinkyarn.autoscaler.telemetry;

import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RequestLog.Count;
import io.flinkyarn.autoscaler.control.RequestLog.Request;
import io.flinkyarn.autoscaler.control.RequestLog.Way;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads the series of the requests to other processes off the {@link RequestLog}. */
final class RequestReadings {

    private static final double NANOS = 1e9;

    private RequestReadings() {}

    private record Timed(String cluster, Way way, String route) {

        static Timed of(Count count) {
            Request request = count.request();
            return new Timed(request.cluster(), request.way(), request.route());
        }
    }

    static void read(List<Count> counts, Readings readings) {
        for (Count count : counts) {
            Request r = count.request();
            readings.counter(
                    Metrics.REQUESTS,
                    (double) count.requests(),
                    r.cluster(),
                    r.way().name(),
                    r.method(),
                    r.route(),
                    r.outcome());
        }
        counts.stream().collect(Collectors.groupingBy(Timed::of)).forEach((timed, same) -> {
            Duration took = same.stream().map(Count::took).reduce(Duration.ZERO, Duration::plus);
            readings.histogram(
                    Metrics.REQUEST_SECONDS,
                    buckets(same),
                    took.toNanos() / NANOS,
                    timed.cluster(),
                    timed.way().name(),
                    timed.route());
        });
        Map<String, Long> load = new TreeMap<>();
        counts.stream()
                .filter(count -> count.request().way().loadsResourceManager())
                .forEach(count -> load.merge(count.request().cluster(), count.requests(), Long::sum));
        load.forEach((cluster, requests) -> readings.counter(Metrics.RESOURCE_MANAGER_REQUESTS, requests, cluster));
    }

    private static ClassicHistogramBuckets buckets(List<Count> counts) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        IntStream.rangeClosed(0, RequestLog.BOUNDS.size())
                .forEach(i -> buckets.bucket(
                        bound(i),
                        counts.stream()
                                .mapToLong(count -> count.byTime().get(i))
                                .sum()));
        return buckets.build();
    }

    private static double bound(int position) {
        return position == RequestLog.BOUNDS.size()
                ? Double.POSITIVE_INFINITY
                : RequestLog.BOUNDS.get(position).toNanos() / NANOS;
    }
}
