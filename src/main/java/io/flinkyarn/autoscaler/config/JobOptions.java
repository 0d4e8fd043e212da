package io.flinkyarn.autoscaler.config;

import static io.flinkyarn.autoscaler.config.OptionType.BOOLEAN;
import static io.flinkyarn.autoscaler.config.OptionType.DOUBLE;
import static io.flinkyarn.autoscaler.config.OptionType.DURATION;
import static io.flinkyarn.autoscaler.config.OptionType.INT;
import static io.flinkyarn.autoscaler.config.OptionType.MEMORY;
import static io.flinkyarn.autoscaler.config.OptionType.TEXT;
import static io.flinkyarn.autoscaler.config.OptionType.ZONE;
import static io.flinkyarn.autoscaler.config.OptionType.listOf;
import static io.flinkyarn.autoscaler.config.OptionType.oneOf;

import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.AlignmentMode;
import io.flinkyarn.autoscaler.core.policy.BusyTimeAggregator;
import io.flinkyarn.autoscaler.core.policy.NamePattern;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * The options of one job, with the names of Flink's autoscaler. They may stand in the daemon's own configuration, as defaults for all jobs,
 * and in the configuration of the Flink job, which wins.
 */
final class JobOptions {

    static final String PREFIX = "job.autoscaler.";

    private static final Range<Double> RATIO = Range.between(0.0, 1.0);
    private static final Range<Double> NOT_NEGATIVE = Range.atLeast(0.0, "0");
    private static final Range<Integer> POSITIVE = Range.atLeast(1, "1");

    static final String CUSTOM_EVALUATOR_PREFIX = PREFIX + "metrics.custom-evaluator.";
    static final String CUSTOM_EXECUTOR_PREFIX = PREFIX + "scaling.custom-executor.";

    static final Option<Boolean> ENABLED =
            option("enabled", BOOLEAN).orElse(false).means("Whether the autoscaler looks after this job.");
    static final Option<Boolean> SCALING_ENABLED =
            option("scaling.enabled", BOOLEAN).orElse(true).means("Whether it rescales; false: it only recommends.");

    static final Option<Duration> METRICS_WINDOW = option("metrics.window", DURATION)
            .orElse(Duration.ofMinutes(15))
            .means("Over how long metrics are averaged before a decision.");
    static final Option<Duration> STABILIZATION_INTERVAL = option("stabilization.interval", DURATION)
            .orElse(Duration.ofMinutes(5))
            .means("How long after a job (re)started metrics do not count yet.");
    static final Option<BusyTimeAggregator> BUSY_TIME_AGGREGATOR = option(
                    "metrics.busy-time.aggregator", oneOf(BusyTimeAggregator.class))
            .orElse(BusyTimeAggregator.MAX)
            .means("How the busy time of a vertex is aggregated over its subtasks.");

    static final Option<List<String>> EXCLUDED_PERIODS = option("excluded.periods", listOf(TEXT))
            .means(
                    "When no rescale may happen: daily ranges such as 8:00-18:00 (the end belongs to it; across midnight,"
                            + " write two), Quartz cron expressions such as * * * ? * MON-FRI, or one of each joined with &&.");
    static final Option<ZoneId> EXCLUDED_TIME_ZONE = option("excluded.time-zone", ZONE)
            .otherwise("the JVM's")
            .means("The time zone of the excluded periods, such as Europe/Berlin.");

    static final Option<Double> UTILIZATION_TARGET = option("utilization.target", DOUBLE)
            .in(RATIO)
            .orElse(0.7)
            .formerly(PREFIX + "target.utilization")
            .means("The busy ratio that a vertex is sized for.");
    static final Option<Double> UTILIZATION_MAX = option("utilization.max", DOUBLE)
            .in(RATIO)
            .otherwise("utilization.target + target.utilization.boundary, at most 1")
            .means("Above this busy ratio a vertex is scaled up; at least utilization.target.");
    static final Option<Double> UTILIZATION_MIN = option("utilization.min", DOUBLE)
            .in(RATIO)
            .otherwise("utilization.target - target.utilization.boundary, at least 0")
            .means("Below this busy ratio a vertex is scaled down; at most utilization.target.");
    static final Option<Double> UTILIZATION_BOUNDARY = option("target.utilization.boundary", DOUBLE)
            .in(NOT_NEGATIVE)
            .orElse(0.3)
            .means(
                    "Deprecated: the distance of utilization.max and utilization.min from the target, where they are not set.");

    static final Option<Integer> MIN_PARALLELISM = option("vertex.min-parallelism", INT)
            .in(POSITIVE)
            .orElse(1)
            .means("No vertex is scaled below it; one that is below already stays there.");
    static final Option<Integer> MAX_PARALLELISM = option("vertex.max-parallelism", INT)
            .in(POSITIVE)
            .orElse(200)
            .means(
                    "No vertex is scaled above it, nor above its own max parallelism; one that is above already stays there.");
    static final Option<Double> SCALE_UP_MAX_FACTOR = option("scale-up.max-factor", DOUBLE)
            .in(NOT_NEGATIVE)
            .orElse(100_000.0)
            .means("At most this multiple of the parallelism is added at once.");
    static final Option<Double> SCALE_DOWN_MAX_FACTOR = option("scale-down.max-factor", DOUBLE)
            .in(NOT_NEGATIVE)
            .orElse(0.6)
            .means("At most this share of the parallelism is taken away at once.");
    static final Option<Duration> SCALE_DOWN_INTERVAL = option("scale-down.interval", DURATION)
            .orElse(Duration.ofHours(1))
            .formerly(PREFIX + "scale-up.grace-period")
            .means("How long a scale-down is delayed, in case the load comes back; 0: at once.");

    static final Option<Duration> CATCH_UP_DURATION = option("catch-up.duration", DURATION)
            .orElse(Duration.ofMinutes(30))
            .means("Within which a backlog should be gone; 0: the backlog is ignored.");
    static final Option<Duration> BACKLOG_LAG_THRESHOLD = option("backlog-processing.lag-threshold", DURATION)
            .orElse(Duration.ofMinutes(5))
            .means("A lag worth more than this puts the job into backlog mode.");

    static final Option<Duration> RESTART_TIME = option("restart.time", DURATION)
            .orElse(Duration.ofMinutes(5))
            .means("How long a restart of the job is expected to take.");
    static final Option<Boolean> RESTART_TIME_TRACKING = option("restart.time-tracking.enabled", BOOLEAN)
            .orElse(false)
            .means("Whether the measured restart time is used instead, once there is one.");
    static final Option<Duration> RESTART_TIME_LIMIT = option("restart.time-tracking.limit", DURATION)
            .orElse(Duration.ofMinutes(15))
            .means("At most this much of the measured restart time counts.");

    static final Option<Duration> OBSERVED_RATE_LAG_THRESHOLD = option(
                    "observed-true-processing-rate.lag-threshold", DURATION)
            .orElse(Duration.ofSeconds(30))
            .means("A source with a lag worth more than this shows directly what it can process.");
    static final Option<Double> OBSERVED_RATE_SWITCH_THRESHOLD = option(
                    "observed-true-processing-rate.switch-threshold", DOUBLE)
            .in(NOT_NEGATIVE)
            .orElse(0.15)
            .means(
                    "The rate seen directly is preferred where the one from the busy time exceeds it by more than this share.");
    static final Option<Integer> OBSERVED_RATE_MIN_OBSERVATIONS = option(
                    "observed-true-processing-rate.min-observations", INT)
            .in(POSITIVE)
            .orElse(2)
            .means("How many direct observations that needs.");

    static final Option<Boolean> EFFECTIVENESS_DETECTION = option("scaling.effectiveness.detection.enabled", BOOLEAN)
            .orElse(false)
            .means("Whether a scale-up is blocked after an ineffective one.");
    static final Option<Double> EFFECTIVENESS_THRESHOLD = option("scaling.effectiveness.threshold", DOUBLE)
            .in(RATIO)
            .orElse(0.1)
            .means("The share of the expected gain below which a scale-up was ineffective.");

    static final Option<Boolean> OBSERVED_SCALABILITY = option("observed-scalability.enabled", BOOLEAN)
            .orElse(false)
            .means("Whether the autoscaler learns how well a vertex scales.");
    static final Option<Integer> OBSERVED_SCALABILITY_MIN_OBSERVATIONS = option(
                    "observed-scalability.min-observations", INT)
            .in(POSITIVE)
            .orElse(3)
            .means("How many past decisions that needs.");
    static final Option<Double> OBSERVED_SCALABILITY_COEFFICIENT_MIN = option(
                    "observed-scalability.coefficient-min", DOUBLE)
            .in(Range.between(0.01, 1.0))
            .orElse(0.5)
            .means("The worst scalability that is believed; 1 is linear.");

    static final Option<String> ALIGNMENT_MODE = option(
                    "scaling.parallelism-alignment.mode",
                    OptionType.TEXT.called("BALANCED, EVENLY_SPREAD, OFF, or the name of a plugin"))
            .orElse("BALANCED")
            .means(
                    "How a parallelism is fitted to key groups and source partitions: to the next that spreads them better"
                            + " (BALANCED), to the next that divides them (EVENLY_SPREAD), not at all (OFF), or as a plugin says: see plugins.md.");
    static final Option<AlignmentMode> ADJUST_MODE = option(
                    "scaling.key-group.partitions.adjust.mode",
                    oneOf(Map.of(
                            "EVENLY_SPREAD",
                            AlignmentMode.ADJUST_EVENLY_SPREAD,
                            "MAXIMIZE_UTILISATION",
                            AlignmentMode.ADJUST_MAXIMIZE_UTILISATION)))
            .means("Deprecated: used where scaling.parallelism-alignment.mode is not set.");

    static final Option<List<VertexId>> EXCLUDED_VERTICES = option("vertex.exclude.ids", listOf(OptionType.VERTEX_ID))
            .means("Ids of the vertices that are never scaled.");
    static final Option<List<NamePattern>> EXCLUDED_NAMES = option(
                    "vertex.exclude.names", listOf(OptionType.NAME_PATTERN))
            .means("Names of the vertices that are never scaled; * stands for any characters, as in Sink: *.");

    static final Option<Double> GC_PRESSURE_THRESHOLD = option("memory.gc-pressure.threshold", DOUBLE)
            .in(RATIO)
            .orElse(1.0)
            .means("No scaling while a TaskManager spends more than this share of its time collecting garbage.");
    static final Option<Double> HEAP_USAGE_THRESHOLD = option("memory.heap-usage.threshold", DOUBLE)
            .in(RATIO)
            .orElse(1.0)
            .means("No scaling while the heap of the TaskManagers is used by more than this share on average.");
    static final Option<Boolean> MEMORY_TUNING = option("memory.tuning.enabled", BOOLEAN)
            .orElse(false)
            .means(
                    "Whether the autoscaler recommends, as an event, what memory a TaskManager should have; rescaling in place cannot change it.");
    static final Option<Double> MEMORY_TUNING_OVERHEAD = option("memory.tuning.overhead", DOUBLE)
            .in(RATIO)
            .orElse(0.2)
            .means("Head-room that is recommended above the heap and metaspace in use, as a share of them.");
    static final Option<Boolean> MEMORY_TUNING_MANAGED = option("memory.tuning.maximize-managed-memory", BOOLEAN)
            .orElse(false)
            .means("Whether what is saved of the heap is recommended as managed memory, where the job uses any.");
    static final Option<Boolean> MEMORY_TUNING_COMPENSATION = option(
                    "memory.tuning.scale-down-compensation.enabled", BOOLEAN)
            .orElse(true)
            .means("Whether more heap is recommended when fewer TaskManagers are to share the state.");
    static final Option<Long> QUOTA_MEMORY = option("quota.memory", MEMORY)
            .means("No rescale that needs TaskManagers with more memory than this in all.");
    static final Option<Double> QUOTA_CPU = option("quota.cpu", DOUBLE)
            .in(NOT_NEGATIVE)
            .means("No rescale that needs TaskManagers with more CPUs than this in all.");

    static final String HOLD = "HOLD";

    static final Option<Boolean> ROOM_CHECK = option("room.check.enabled", BOOLEAN)
            .orElse(true)
            .means(
                    "Whether a rescale that needs more TaskManagers is held against what YARN can still give: see queues.md.");
    static final Option<Boolean> ROOM_CUT = option("room.cut.enabled", BOOLEAN)
            .orElse(true)
            .means(
                    "Whether a rescale for which there is too little room is cut to what fits; false: it waits until all of it fits.");
    static final Option<String> ROOM_UNKNOWN = option("room.unknown", oneOf(Map.of("SCALE", "SCALE", HOLD, HOLD)))
            .orElse("SCALE")
            .means(
                    "What becomes of a rescale that needs more TaskManagers while YARN does not say what room there is: Flink is asked for it"
                            + " all the same, and takes what it gets (SCALE), or it waits (HOLD).");
    static final Option<Integer> ROOM_PRIORITY = option("room.priority", INT)
            .orElse(0)
            .means(
                    "Where the jobs of a cluster want more than there is room for, those of a higher priority are served first.");
    static final Option<Boolean> SESSION_ENABLED = option("session.enabled", BOOLEAN)
            .orElse(false)
            .means(
                    "Whether the job is rescaled if it runs in a session cluster on YARN, which it shares with other jobs; false: it gets"
                            + " recommendations only.");

    static final Option<String> LOGICAL_NAME = option("logical-name", TEXT)
            .in(Range.ofLength(1, 255))
            .otherwise("the name of the YARN application")
            .means(
                    "What the runs of this job have in common, over new application ids and job ids: runs of the same cluster, logical name"
                            + " and job name take over what was learnt. Set it in the Flink configuration of one job only.");
    static final Option<Boolean> RESTORE_PARALLELISM = option("restore-parallelism.enabled", BOOLEAN)
            .orElse(false)
            .means(
                    "Whether a job that was submitted anew is at once rescaled to the parallelism that was good for its run before."
                            + " It has to be found before it could have a full window of its own: stabilization.interval and metrics.window"
                            + " together have to be longer than the interval of the listings.");

    static final Option<Integer> HISTORY_MAX_COUNT = option("history.max.count", INT)
            .in(Range.atLeast(0, "0"))
            .orElse(3)
            .means("How many decisions per vertex the algorithm looks back on; the database keeps more.");
    static final Option<Duration> HISTORY_MAX_AGE =
            option("history.max.age", DURATION).orElse(Duration.ofHours(24)).means("How old they may be.");
    static final Option<Duration> EVENT_INTERVAL = option("scaling.event.interval", DURATION)
            .orElse(Duration.ofMinutes(30))
            .means("Within which the same event is merged into one.");
    static final Option<Duration> REST_TIMEOUT = option("flink.rest-client.timeout", DURATION)
            .in(Range.above(Duration.ZERO, "0"))
            .orElse(Duration.ofSeconds(10))
            .means(
                    "Limit for one REST call. Taken from the autoscaler's own configuration: in that of a Flink job, which is"
                            + " itself read by such a call, it has no effect.");

    static final Option<List<String>> CUSTOM_EVALUATORS = option("metrics.custom-evaluators", listOf(TEXT))
            .means(
                    "Names of plugins that replace the rates of a vertex, in the order in which they are asked: see plugins.md.");
    static final Option<List<String>> CUSTOM_EXECUTORS = option("scaling.custom-executors", listOf(TEXT))
            .means(
                    "Names of plugins that refuse or change a rescale, in ascending order of their priority: see plugins.md.");

    static final Catalogue CATALOGUE = new Catalogue(
            PREFIX,
            List.of(
                    ENABLED,
                    SCALING_ENABLED,
                    METRICS_WINDOW,
                    STABILIZATION_INTERVAL,
                    BUSY_TIME_AGGREGATOR,
                    EXCLUDED_PERIODS,
                    EXCLUDED_TIME_ZONE,
                    UTILIZATION_TARGET,
                    UTILIZATION_MAX,
                    UTILIZATION_MIN,
                    UTILIZATION_BOUNDARY,
                    MIN_PARALLELISM,
                    MAX_PARALLELISM,
                    SCALE_UP_MAX_FACTOR,
                    SCALE_DOWN_MAX_FACTOR,
                    SCALE_DOWN_INTERVAL,
                    CATCH_UP_DURATION,
                    BACKLOG_LAG_THRESHOLD,
                    RESTART_TIME,
                    RESTART_TIME_TRACKING,
                    RESTART_TIME_LIMIT,
                    OBSERVED_RATE_LAG_THRESHOLD,
                    OBSERVED_RATE_SWITCH_THRESHOLD,
                    OBSERVED_RATE_MIN_OBSERVATIONS,
                    EFFECTIVENESS_DETECTION,
                    EFFECTIVENESS_THRESHOLD,
                    OBSERVED_SCALABILITY,
                    OBSERVED_SCALABILITY_MIN_OBSERVATIONS,
                    OBSERVED_SCALABILITY_COEFFICIENT_MIN,
                    ALIGNMENT_MODE,
                    ADJUST_MODE,
                    EXCLUDED_VERTICES,
                    EXCLUDED_NAMES,
                    GC_PRESSURE_THRESHOLD,
                    HEAP_USAGE_THRESHOLD,
                    MEMORY_TUNING,
                    MEMORY_TUNING_OVERHEAD,
                    MEMORY_TUNING_MANAGED,
                    MEMORY_TUNING_COMPENSATION,
                    QUOTA_MEMORY,
                    QUOTA_CPU,
                    ROOM_CHECK,
                    ROOM_CUT,
                    ROOM_UNKNOWN,
                    ROOM_PRIORITY,
                    SESSION_ENABLED,
                    LOGICAL_NAME,
                    RESTORE_PARALLELISM,
                    HISTORY_MAX_COUNT,
                    HISTORY_MAX_AGE,
                    EVENT_INTERVAL,
                    REST_TIMEOUT,
                    CUSTOM_EVALUATORS,
                    CUSTOM_EXECUTORS),
            List.of(ALIGNMENT_MODE.key() + ".", CUSTOM_EVALUATOR_PREFIX, CUSTOM_EXECUTOR_PREFIX));

    private JobOptions() {}

    private static <T> Option<T> option(String name, OptionType<T> type) {
        return Option.of(PREFIX + name, type);
    }
}
