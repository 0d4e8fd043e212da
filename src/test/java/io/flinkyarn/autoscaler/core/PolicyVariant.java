package io.flinkyarn.autoscaler.core;

import io.flinkyarn.autoscaler.core.plugin.Plugged;
import io.flinkyarn.autoscaler.core.plugin.Plugins;
import io.flinkyarn.autoscaler.core.plugin.VertexEvaluator;
import io.flinkyarn.autoscaler.core.plugin.VertexEvaluator.Replacement;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Backlog;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.ObservedRate;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Restart;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Utilization;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Policies that differ from a given one in one respect. */
final class PolicyVariant {

    private PolicyVariant() {}

    /** The durations that stand in formulas cut to whole seconds, and every rate evaluated rounded before it is gone on with. */
    static ScalingPolicy asTheOriginalRounds(ScalingPolicy p) {
        return new ScalingPolicy(
                p.enabled(),
                p.scalingEnabled(),
                p.modeCap(),
                p.excludedPeriods(),
                p.observation(),
                p.utilization(),
                p.limits(),
                new Backlog(seconds(p.backlog().catchUp()), seconds(p.backlog().lagThreshold())),
                new Restart(
                        seconds(p.restart().time()),
                        p.restart().tracked(),
                        seconds(p.restart().trackedLimit())),
                new ObservedRate(
                        seconds(p.observedRate().lagThreshold()),
                        p.observedRate().switchThreshold(),
                        p.observedRate().minObservations()),
                p.effectiveness(),
                p.scalability(),
                p.memoryPressure(),
                p.memoryTuning(),
                p.history(),
                p.alignment(),
                new Plugins(
                        List.of(ROUNDED), p.plugins().alignment(), p.plugins().executors()),
                p.excludedVertices(),
                p.quota(),
                p.sharing(),
                p.resubmission(),
                p.eventInterval());
    }

    private static final Plugged<VertexEvaluator> ROUNDED = new Plugged<>(
            "rounded",
            (measured, parameters) -> new Replacement(
                    rounded(measured.targetRate()),
                    rounded(measured.catchUpRate()),
                    measured.trueProcessingRate().orElse(0) > 0
                            ? rounded(measured.trueProcessingRate())
                            : OptionalDouble.empty()),
            Map.of());

    private static OptionalDouble rounded(OptionalDouble rate) {
        return rate.isPresent() ? OptionalDouble.of(GoldenCase.threeDecimals(rate.getAsDouble())) : rate;
    }

    private static Duration seconds(Duration duration) {
        return duration.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Sized for another utilization, with the same band around it. */
    static ScalingPolicy withTargetUtilization(ScalingPolicy p, double target) {
        return new ScalingPolicy(
                p.enabled(),
                p.scalingEnabled(),
                p.modeCap(),
                p.excludedPeriods(),
                p.observation(),
                new Utilization(target, p.utilization().max(), p.utilization().min()),
                p.limits(),
                p.backlog(),
                p.restart(),
                p.observedRate(),
                p.effectiveness(),
                p.scalability(),
                p.memoryPressure(),
                p.memoryTuning(),
                p.history(),
                p.alignment(),
                p.plugins(),
                p.excludedVertices(),
                p.quota(),
                p.sharing(),
                p.resubmission(),
                p.eventInterval());
    }
}
