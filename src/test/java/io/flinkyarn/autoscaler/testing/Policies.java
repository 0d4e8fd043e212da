package io.flinkyarn.autoscaler.testing;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.core.plugin.Plugins;
import io.flinkyarn.autoscaler.core.policy.AlignmentMode;
import io.flinkyarn.autoscaler.core.policy.BusyTimeAggregator;
import io.flinkyarn.autoscaler.core.policy.ExcludedPeriods;
import io.flinkyarn.autoscaler.core.policy.ExcludedPeriods.Period;
import io.flinkyarn.autoscaler.core.policy.ExcludedVertices;
import io.flinkyarn.autoscaler.core.policy.OrderedMode;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.TaskManagerSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Policies for tests: a window of one minute, no stabilization, no delays. */
public final class Policies {

    private Policies() {}

    /**
     * Reads the options that tests set: {@code job.autoscaler.enabled}, which is false without, {@code job.autoscaler.scaling.enabled}, {@code
     * job.autoscaler.excluded.periods}, which is always now, {@code job.autoscaler.scaling.event.interval} in ISO-8601, the two about runs that follow each other, and {@code job.autoscaler.wrong},
     * which no value is right for.
     */
    public static PolicyReading read(Map<String, String> configuration) {
        String wrong = configuration.get("job.autoscaler.wrong");
        if (wrong != null) {
            return new PolicyReading.Invalid(List.of(new PolicyReading.Problem(
                    "job.autoscaler.wrong", "job.autoscaler.wrong: '" + wrong + "' is not allowed")));
        }
        return new PolicyReading.Valid(quick(
                Boolean.parseBoolean(configuration.get("job.autoscaler.enabled")),
                Boolean.parseBoolean(configuration.getOrDefault("job.autoscaler.scaling.enabled", "true")),
                new ExcludedPeriods(Stream.ofNullable(configuration.get("job.autoscaler.excluded.periods"))
                        .<Period>map(Now::new)
                        .toList()),
                new ScalingPolicy.Resubmission(
                        Optional.ofNullable(configuration.get("job.autoscaler.logical-name")),
                        Boolean.parseBoolean(configuration.get("job.autoscaler.restore-parallelism.enabled"))),
                Duration.parse(configuration.getOrDefault("job.autoscaler.scaling.event.interval", "PT30M"))));
    }

    /** The same for any job: no named policy and no tag speaks about it. */
    public static PolicyReading read(
            JobAutoScalerContext job, Map<String, String> configuration, Optional<OrderedMode> ordered) {
        return read(configuration);
    }

    private record Now(String expression) implements Period {
        @Override
        public boolean covers(Instant time) {
            return true;
        }
    }

    public static ScalingPolicy quick(boolean enabled) {
        return quick(
                enabled,
                true,
                ExcludedPeriods.NONE,
                new ScalingPolicy.Resubmission(Optional.empty(), false),
                Duration.ofMinutes(30));
    }

    private static ScalingPolicy quick(
            boolean enabled,
            boolean scalingEnabled,
            ExcludedPeriods excludedPeriods,
            ScalingPolicy.Resubmission resubmission,
            Duration eventInterval) {
        return new ScalingPolicy(
                enabled,
                scalingEnabled,
                Optional.empty(),
                excludedPeriods,
                new ScalingPolicy.Observation(Duration.ofMinutes(1), Duration.ZERO, BusyTimeAggregator.MAX),
                new ScalingPolicy.Utilization(0.7, 1.0, 0.4),
                new ScalingPolicy.Limits(1, 200, 100_000, 0.6, Duration.ZERO),
                new ScalingPolicy.Backlog(Duration.ofMinutes(30), Duration.ofMinutes(5)),
                new ScalingPolicy.Restart(Duration.ofMinutes(1), false, Duration.ofMinutes(15)),
                new ScalingPolicy.ObservedRate(Duration.ofSeconds(30), 0.15, 2),
                new ScalingPolicy.Effectiveness(false, 0.1),
                new ScalingPolicy.Scalability(false, 3, 0.5),
                new ScalingPolicy.MemoryPressure(1, 1),
                new ScalingPolicy.MemoryTuning(false, 0.2, false, true),
                new ScalingPolicy.History(3, Duration.ofHours(24)),
                AlignmentMode.OFF,
                Plugins.NONE,
                ExcludedVertices.NONE,
                new ScalingPolicy.Quota(
                        OptionalDouble.empty(),
                        OptionalLong.empty(),
                        new TaskManagerSize(1, OptionalDouble.empty(), OptionalLong.empty())),
                ScalingPolicy.Sharing.DEFAULT,
                resubmission,
                eventInterval);
    }
}
