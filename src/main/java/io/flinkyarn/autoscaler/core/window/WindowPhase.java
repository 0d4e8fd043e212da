package io.flinkyarn.autoscaler.core.window;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How far a metrics window has come since the job began to run.
 *
 * <pre>
 *   running since ──▶ Stabilizing ──(stabilization interval)──▶ Filling ──(metrics window since the first sample)──▶ Full
 *         ▲                                                                                                           │
 *         └──────────────────────────────────────────── the job restarts ◀────────────────────────────────────────────┘
 * </pre>
 */
public sealed interface WindowPhase {

    /** Samples do not count yet towards a full window. */
    record Stabilizing(Instant until) implements WindowPhase {}

    /** The samples do not reach back far enough. */
    record Filling(Instant fullAt) implements WindowPhase {}

    /** A decision can be taken. */
    record Full() implements WindowPhase {}

    /**
     * The phase of a window whose samples are all of the present run of the job. What lies before the fall of a counter does not count: a part
     * of the job has begun anew.
     *
     * <pre>
     *   full   where   now ≥ first stable sample + metrics window
     *          or      it was full with the sample before, and what is missing was trimmed since: less than two distances of samples
     * </pre>
     */
    static WindowPhase of(MetricsWindow window, Instant runningSince, Observation observation, Instant now) {
        Instant stableFrom = runningSince.plus(observation.stabilization());
        if (now.isBefore(stableFrom)) {
            return new Stabilizing(stableFrom);
        }
        MetricsWindow usable = window.usable();
        List<Instant> stable = usable.timesSince(stableFrom);
        Instant fullAt = (stable.isEmpty() ? now : stable.get(0)).plus(observation.window());
        boolean full = !stable.isEmpty() && (!now.isBefore(fullAt) || wasFull(usable, stable, fullAt, now));
        return full ? new Full() : new Filling(fullAt);
    }

    private static boolean wasFull(MetricsWindow usable, List<Instant> stable, Instant fullAt, Instant now) {
        if (stable.size() < 2 || usable.rows().get(usable.size() - 2).value(JobMetric.FULL) == 0) {
            return false;
        }
        Duration distance = Duration.between(stable.get(0), stable.get(1));
        return Duration.between(now, fullAt).compareTo(distance.multipliedBy(2)) < 0;
    }
}
