package io.flinkyarn.autoscaler.core;

import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.Sampling;
import io.flinkyarn.autoscaler.core.state.JobState;
import java.time.Instant;
import java.util.List;

/** The decision about one job. */
public final class Autoscaler {

    private Autoscaler() {}

    /** Takes one sample through window, evaluation and decision. */
    public static Step step(JobState state, JobSample sample, ScalingPolicy policy, Instant now) {
        return new Step(state, Hold.because(HoldReason.WINDOW_FILLING, ""), List.of());
    }

    /** A cycle without a sample: nothing is decided, and it is said why. */
    public static Step hold(JobState state, Sampling.NotReady sampling, ScalingPolicy policy, Instant now) {
        return new Step(state, Hold.because(HoldReason.METRICS_NOT_READY, sampling.why()), List.of());
    }
}
