package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.plugin.Plugins;
import io.flinkyarn.autoscaler.core.policy.AlignmentMode;
import io.flinkyarn.autoscaler.core.policy.ExcludedPeriods;
import io.flinkyarn.autoscaler.core.policy.ExcludedPeriods.Period;
import io.flinkyarn.autoscaler.core.policy.ExcludedVertices;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
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
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Utilization;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes the policy of a job from the daemon's defaults and the configuration of the Flink job, which has the last word. Made once; any
 * thread may ask it.
 */
public final class PolicyReader {

    private final Settings defaults;
    private final ZoneId zone;

    /** @param zone of the excluded periods, where no option names one */
    PolicyReader(Settings defaults, ZoneId zone) {
        this.defaults = defaults;
        this.zone = zone;
    }

    /** A reader for jobs that only their own configuration speaks about. */
    public static PolicyReader withoutDefaults(ZoneId zone) {
        return new PolicyReader(Settings.NONE, zone);
    }

    /** @param jobConfiguration the whole configuration of the Flink job; keys that have nothing to do with scaling are left alone */
    public PolicyReading read(Map<String, String> jobConfiguration) {
        List<Setting> ours = jobConfiguration.entrySet().stream()
                .filter(entry ->
                        JobOptions.CATALOGUE.claims(entry.getKey()) || TaskManagerOptions.include(entry.getKey()))
                .map(entry -> new Setting(entry.getKey(), entry.getValue(), new Origin.FlinkJob()))
                .sorted(Comparator.comparing(Setting::key))
                .toList();
        OptionReader options = new OptionReader(defaults.below(Layer.of(ours)));
        ours.stream()
                .filter(setting ->
                        JobOptions.CATALOGUE.claims(setting.key()) && !JobOptions.CATALOGUE.knows(setting.key()))
                .forEach(
                        setting -> options.add(Problems.unknown(setting, JobOptions.CATALOGUE.nearest(setting.key()))));
        ScalingPolicy policy = policy(options);
        options.check(JobOptions.CATALOGUE);
        return options.problems().isEmpty()
                ? new PolicyReading.Valid(policy)
                : new PolicyReading.Invalid(options.problems());
    }

    private ScalingPolicy policy(OptionReader options) {
        return new ScalingPolicy(
                options.get(JobOptions.ENABLED),
                options.get(JobOptions.SCALING_ENABLED),
                excludedPeriods(options),
                new Observation(
                        options.get(JobOptions.METRICS_WINDOW),
                        options.get(JobOptions.STABILIZATION_INTERVAL),
                        options.get(JobOptions.BUSY_TIME_AGGREGATOR)),
                utilization(options),
                limits(options),
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
                alignment(options),
                plugins(options),
                excludedVertices(options),
                quota(options),
                resubmission(options),
                options.get(JobOptions.EVENT_INTERVAL));
    }

    private ExcludedPeriods excludedPeriods(OptionReader options) {
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

    private static Utilization utilization(OptionReader options) {
        double target = options.get(JobOptions.UTILIZATION_TARGET);
        double boundary = options.get(JobOptions.UTILIZATION_BOUNDARY);
        double max = options.find(JobOptions.UTILIZATION_MAX).orElse(Math.min(1, target + boundary));
        double min = options.find(JobOptions.UTILIZATION_MIN).orElse(Math.max(0, target - boundary));
        if (max < target) {
            options.refuse(JobOptions.UTILIZATION_MAX, "expected at least the target, which is " + target);
        }
        if (min > target) {
            options.refuse(JobOptions.UTILIZATION_MIN, "expected at most the target, which is " + target);
        }
        return new Utilization(target, max, min);
    }

    private static Limits limits(OptionReader options) {
        int min = options.get(JobOptions.MIN_PARALLELISM);
        int max = options.get(JobOptions.MAX_PARALLELISM);
        if (min > max) {
            options.refuse(JobOptions.MIN_PARALLELISM, "expected at most vertex.max-parallelism, which is " + max);
        }
        return new Limits(
                min,
                max,
                options.get(JobOptions.SCALE_UP_MAX_FACTOR),
                options.get(JobOptions.SCALE_DOWN_MAX_FACTOR),
                options.get(JobOptions.SCALE_DOWN_INTERVAL));
    }

    /** The new option, where it is set; then the deprecated one; then the default. A plugin takes the place of all. */
    private static AlignmentMode alignment(OptionReader options) {
        return options.find(JobOptions.ALIGNMENT_MODE)
                .flatMap(PolicyReader::builtIn)
                .or(() -> options.find(JobOptions.ADJUST_MODE))
                .orElse(AlignmentMode.BALANCED);
    }

    private static Optional<AlignmentMode> builtIn(String mode) {
        return Stream.of(AlignmentMode.BALANCED, AlignmentMode.EVENLY_SPREAD, AlignmentMode.OFF)
                .filter(known -> known.name().equalsIgnoreCase(mode))
                .findFirst();
    }

    private static Plugins plugins(OptionReader options) {
        PluginReader reader = new PluginReader(options);
        Optional<String> custom = options.find(JobOptions.ALIGNMENT_MODE)
                .filter(mode -> builtIn(mode).isEmpty());
        return new Plugins(reader.evaluators(), custom.flatMap(reader::alignment), reader.executors());
    }

    private static ExcludedVertices excludedVertices(OptionReader options) {
        return new ExcludedVertices(
                Set.copyOf(options.find(JobOptions.EXCLUDED_VERTICES).orElse(List.of())),
                options.find(JobOptions.EXCLUDED_NAMES).orElse(List.of()));
    }

    private static Quota quota(OptionReader options) {
        return new Quota(
                options.find(JobOptions.QUOTA_CPU).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                options.find(JobOptions.QUOTA_MEMORY).map(OptionalLong::of).orElse(OptionalLong.empty()),
                TaskManagerOptions.read(options));
    }

    /** A name that is given to all jobs would make one job of those that happen to be named alike. */
    private Resubmission resubmission(OptionReader options) {
        defaults.find(JobOptions.LOGICAL_NAME)
                .ifPresent(setting -> options.add(Problems.of(
                        setting, "expected in the Flink configuration of one job, not as a default for all")));
        return new Resubmission(options.find(JobOptions.LOGICAL_NAME), options.get(JobOptions.RESTORE_PARALLELISM));
    }
}
