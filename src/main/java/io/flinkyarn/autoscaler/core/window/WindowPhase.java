package io.flinkyarn.autoscaler.core.window;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Observation;
import java.time.Instant;
import java.util.Optional;

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
     */
    static WindowPhase of(MetricsWindow window, Instant runningSince, Observation observation, Instant now) {
        Instant stableFrom = runningSince.plus(observation.stabilization());
        if (now.isBefore(stableFrom)) {
            return new Stabilizing(stableFrom);
        }
        Optional<Instant> first = window.usable().firstAtOrAfter(stableFrom);
        Instant fullAt = first.orElse(now).plus(observation.window());
        return first.isEmpty() || now.isBefore(fullAt) ? new Filling(fullAt) : new Full();
    }
}
