package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.plugin.Plugins;
import io.flinkyarn.autoscaler.core.policy.AlignmentMode;
import io.flinkyarn.autoscaler.core.policy.ExcludedPeriods;
import io.flinkyarn.autoscaler.core.policy.ExcludedPeriods.Period;
import io.flinkyarn.autoscaler.core.policy.ExcludedVertices;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Backlog;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Effectiveness;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.History;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Limits;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.MemoryPressure;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.MemoryTuning;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Observation;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.ObservedRate;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Quota;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Restart;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Resubmission;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Scalability;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Sharing;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Utilization;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Makes the scaling policy of a job out of its options, wherever they come from. Used by the {@link PolicyReader}; every problem is left with
 * the {@link OptionReader}.
 */
final class PolicyParser {

    private final OptionReader options;
    private final ZoneId zone;

    /** @param zone of the excluded periods, where no option names one */
    PolicyParser(OptionReader options, ZoneId zone) {
        this.options = options;
        this.zone = zone;
    }

    ScalingPolicy parse() {
        return new ScalingPolicy(
                options.get(JobOptions.ENABLED),
                options.get(JobOptions.SCALING_ENABLED),
                modeCap(),
                excludedPeriods(),
                new Observation(
                        options.get(JobOptions.METRICS_WINDOW),
                        options.get(JobOptions.STABILIZATION_INTERVAL),
                        options.get(JobOptions.BUSY_TIME_AGGREGATOR)),
                utilization(),
                limits(),
                new Backlog(options.get(JobOptions.CATCH_UP_DURATION), options.get(JobOptions.BACKLOG_LAG_THRESHOLD)),
                new Restart(
                        options.get(JobOptions.RESTART_TIME),
                        options.get(JobOptions.RESTART_TIME_TRACKING),
                        options.get(JobOptions.RESTART_TIME_LIMIT)),
                new ObservedRate(
                        options.get(JobOptions.OBSERVED_RATE_LAG_THRESHOLD),
                        options.get(JobOptions.OBSERVED_RATE_SWITCH_THRESHOLD),
                        options.get(JobOptions.OBSERVED_RATE_MIN_OBSERVATIONS)),
                new Effectiveness(
                        options.get(JobOptions.EFFECTIVENESS_DETECTION),
                        options.get(JobOptions.EFFECTIVENESS_THRESHOLD)),
                new Scalability(
                        options.get(JobOptions.OBSERVED_SCALABILITY),
                        options.get(JobOptions.OBSERVED_SCALABILITY_MIN_OBSERVATIONS),
                        options.get(JobOptions.OBSERVED_SCALABILITY_COEFFICIENT_MIN)),
                new MemoryPressure(
                        options.get(JobOptions.GC_PRESSURE_THRESHOLD), options.get(JobOptions.HEAP_USAGE_THRESHOLD)),
                new MemoryTuning(
                        options.get(JobOptions.MEMORY_TUNING),
                        options.get(JobOptions.MEMORY_TUNING_OVERHEAD),
                        options.get(JobOptions.MEMORY_TUNING_MANAGED),
                        options.get(JobOptions.MEMORY_TUNING_COMPENSATION)),
                new History(options.get(JobOptions.HISTORY_MAX_COUNT), options.get(JobOptions.HISTORY_MAX_AGE)),
                alignment(),
                plugins(),
                excludedVertices(),
                quota(),
                sharing(),
                resubmission(),
                options.get(JobOptions.EVENT_INTERVAL));
    }

    private ExcludedPeriods excludedPeriods() {
        ZoneId zoneOfJob = options.find(JobOptions.EXCLUDED_TIME_ZONE).orElse(zone);
        List<Period> periods = new ArrayList<>();
        for (String entry : options.find(JobOptions.EXCLUDED_PERIODS).orElse(List.of())) {
            try {
                periods.add(PeriodText.parse(entry, zoneOfJob));
            } catch (IllegalArgumentException e) {
                options.refuse(JobOptions.EXCLUDED_PERIODS, String.valueOf(e.getMessage()));
            }
        }
        return new ExcludedPeriods(periods);
    }

    private Utilization utilization() {
        double target = options.get(JobOptions.UTILIZATION_TARGET);
        double boundary = options.get(JobOptions.UTILIZATION_BOUNDARY);
        double max = options.find(JobOptions.UTILIZATION_MAX).orElse(Math.min(1, target + boundary));
        double min = options.find(JobOptions.UTILIZATION_MIN).orElse(Math.max(0, target - boundary));
        return new Utilization(target, max, min);
    }

    private Limits limits() {
        return new Limits(
                options.get(JobOptions.MIN_PARALLELISM),
                options.get(JobOptions.MAX_PARALLELISM),
                options.imposed(JobOptions.MAX_PARALLELISM).isPresent(),
                options.get(JobOptions.SCALE_UP_MAX_FACTOR),
                options.get(JobOptions.SCALE_DOWN_MAX_FACTOR),
                options.get(JobOptions.SCALE_DOWN_INTERVAL));
    }

    /** The new option, where it is set; then the deprecated one; then the default. A plugin takes the place of all. */
    private AlignmentMode alignment() {
        return options.find(JobOptions.ALIGNMENT_MODE)
                .flatMap(PolicyParser::builtIn)
                .or(() -> options.find(JobOptions.ADJUST_MODE))
                .orElse(AlignmentMode.BALANCED);
    }

    private static Optional<AlignmentMode> builtIn(String mode) {
        return Stream.of(AlignmentMode.BALANCED, AlignmentMode.EVENLY_SPREAD, AlignmentMode.OFF)
                .filter(known -> known.name().equalsIgnoreCase(mode))
                .findFirst();
    }

    private Plugins plugins() {
        PluginReader reader = new PluginReader(options);
        Optional<String> custom = options.find(JobOptions.ALIGNMENT_MODE)
                .filter(mode -> builtIn(mode).isEmpty());
        return new Plugins(reader.evaluators(), custom.flatMap(reader::alignment), reader.executors());
    }

    private ExcludedVertices excludedVertices() {
        return new ExcludedVertices(
                Set.copyOf(options.find(JobOptions.EXCLUDED_VERTICES).orElse(List.of())),
                options.find(JobOptions.EXCLUDED_NAMES).orElse(List.of()));
    }

    private Quota quota() {
        return new Quota(
                options.find(JobOptions.QUOTA_CPU).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                options.find(JobOptions.QUOTA_MEMORY).map(OptionalLong::of).orElse(OptionalLong.empty()),
                TaskManagerOptions.read(options));
    }

    private Sharing sharing() {
        return new Sharing(
                options.get(JobOptions.ROOM_CHECK),
                options.get(JobOptions.ROOM_CUT),
                options.get(JobOptions.ROOM_UNKNOWN).equals(JobOptions.HOLD),
                options.get(JobOptions.ROOM_PRIORITY),
                options.get(JobOptions.SESSION_ENABLED));
    }

    private Resubmission resubmission() {
        return new Resubmission(options.find(JobOptions.LOGICAL_NAME), options.get(JobOptions.RESTORE_PARALLELISM));
    }

    private Optional<String> modeCap() {
        return Mode.OPTIONS.stream()
                .filter(option -> !options.get(option))
                .flatMap(option -> options.imposed(option).stream().map(cap -> option.key() + " is false: " + cap))
                .findFirst();
    }

    /**
     * Refuses values that contradict each other.
     *
     * @param concerned a contradiction counts where both of its options are so
     */
    void refuseContradictions(Predicate<Option<?>> concerned) {
        Utilization utilization = utilization();
        double target = utilization.target();
        if (utilization.max() < target && both(JobOptions.UTILIZATION_MAX, JobOptions.UTILIZATION_TARGET, concerned)) {
            options.refuse(JobOptions.UTILIZATION_MAX, "expected at least the target, which is " + target);
        }
        if (utilization.min() > target && both(JobOptions.UTILIZATION_MIN, JobOptions.UTILIZATION_TARGET, concerned)) {
            options.refuse(JobOptions.UTILIZATION_MIN, "expected at most the target, which is " + target);
        }
        Limits limits = limits();
        if (limits.minParallelism() > limits.maxParallelism()
                && both(JobOptions.MIN_PARALLELISM, JobOptions.MAX_PARALLELISM, concerned)) {
            options.refuse(
                    JobOptions.MIN_PARALLELISM,
                    "expected at most vertex.max-parallelism, which is " + limits.maxParallelism());
        }
    }

    private static boolean both(Option<?> one, Option<?> other, Predicate<Option<?>> concerned) {
        return concerned.test(one) && concerned.test(other);
    }
}
