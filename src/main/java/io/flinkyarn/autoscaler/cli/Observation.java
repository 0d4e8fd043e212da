package io.flinkyarn.autoscaler.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How jobs are looked at that are to be recommended something within a given time.
 *
 * <pre>
 *   duration = stabilization + window + 4 cycles: to list, to take the first sample, to be late once, and to decide
 * </pre>
 *
 * @param interval of the cycles
 * @param window over which metrics are averaged
 * @param stabilization after a start of a job, during which metrics do not count
 */
record Observation(Duration duration, Duration interval, Duration window, Duration stabilization) {

    /** Flink's own rates are means over a minute, and it measures every 10 s: less says little. */
    static final Duration SHORTEST = Duration.ofSeconds(30);

    private static final int MARGIN = 4;
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

    /** @param configured interval of the daemon, which is not asked more often by this than it would be by that */
    static Observation of(Duration duration, Duration configured) {
        Duration byDuration = duration.dividedBy(25);
        Duration interval = byDuration.compareTo(configured) < 0 ? byDuration : configured;
        if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
            interval = SHORTEST_INTERVAL;
        }
        Duration stabilization = duration.dividedBy(10);
        Duration window = duration.minus(stabilization).minus(interval.multipliedBy(MARGIN));
        return new Observation(duration, interval, window, stabilization);
    }

    /** The configuration of a job with what is needed for a recommendation, and nothing that would be carried out. */
    Map<String, String> over(Map<String, String> ofJob) {
        Map<String, String> all = new HashMap<>(ofJob);
        all.put("job.autoscaler.enabled", "true");
        all.put("job.autoscaler.scaling.enabled", "false");
        all.put("job.autoscaler.metrics.window", window.toMillis() + " ms");
        all.put("job.autoscaler.stabilization.interval", stabilization.toMillis() + " ms");
        // A wish that stands for an hour cannot be seen in minutes.
        all.put("job.autoscaler.scale-down.interval", "0 s");
        return all;
    }
}
