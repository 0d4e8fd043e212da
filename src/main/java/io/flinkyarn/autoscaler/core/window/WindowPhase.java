package io.flinkyarn.autoscaler.core.window;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Observation;
import io.flinkyarn.autoscaler.core.window.MetricsWindow.Row;
import java.time.Duration;
import java.time.Instant;

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
     * The phase of a window of the present run of the job, with one more row. What lies before the fall of a counter does not count: a part
     * of the job has begun anew.
     *
     * <pre>
     *   full   where   now ≥ first stable sample + metrics window
     *          or      it was full with the sample before, and what is missing was trimmed since: less than two distances of samples
     * </pre>
     */
    static WindowPhase of(MetricsWindow before, Row row, Instant runningSince, Observation observation, Instant now) {
        Instant stableFrom = runningSince.plus(observation.stabilization());
        if (now.isBefore(stableFrom)) {
            return new Stabilizing(stableFrom);
        }
        MetricsWindow usable = row.value(JobMetric.COUNTERS_FELL) > 0 ? MetricsWindow.EMPTY : before.usable();
        int first = usable.indexSince(stableFrom);
        if (first == usable.size()) {
            Instant fullAt = row.at().plus(observation.window());
            return now.isBefore(fullAt) || row.at().isBefore(stableFrom) ? new Filling(fullAt) : new Full();
        }
        Instant begin = usable.rows().get(first).at();
        Instant next = first + 1 < usable.size() ? usable.rows().get(first + 1).at() : row.at();
        Instant fullAt = begin.plus(observation.window());
        boolean wasFull = usable.newest().value(JobMetric.FULL) > 0;
        Instant tolerated = wasFull ? fullAt.minus(Duration.between(begin, next).multipliedBy(2)) : fullAt;
        return now.isBefore(tolerated) ? new Filling(fullAt) : new Full();
    }
}
