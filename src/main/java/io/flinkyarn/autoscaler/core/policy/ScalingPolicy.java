package io.flinkyarn.autoscaler.core.policy;

import io.flinkyarn.autoscaler.core.plugin.Plugins;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The options of one job, parsed and checked. Made by the policy reader from {@code job.autoscaler.*}; read by every stage of the step.
 * Ratios are in [0, 1] unless said otherwise.
 *
 * @param enabled whether the autoscaler looks after the job at all
 * @param scalingEnabled false: recommendations only
 * @param modeCap by whose cap or order one of these two is false, for people; empty where the options say so
 * @param eventInterval within which the same event is merged
 */
public record ScalingPolicy(
        boolean enabled,
        boolean scalingEnabled,
        Optional<String> modeCap,
        ExcludedPeriods excludedPeriods,
        Observation observation,
        Utilization utilization,
        Limits limits,
        Backlog backlog,
        Restart restart,
        ObservedRate observedRate,
        Effectiveness effectiveness,
        Scalability scalability,
        MemoryPressure memoryPressure,
        MemoryTuning memoryTuning,
        History history,
        AlignmentMode alignment,
        Plugins plugins,
        ExcludedVertices excludedVertices,
        Quota quota,
        Sharing sharing,
        Resubmission resubmission,
        Duration eventInterval) {

    /** The same for a job that is only observed. */
    public ScalingPolicy withoutScaling() {
        return new ScalingPolicy(
                enabled,
                false,
                modeCap,
                excludedPeriods,
                observation,
                utilization,
                limits,
                backlog,
                restart,
                observedRate,
                effectiveness,
                scalability,
                memoryPressure,
                memoryTuning,
                history,
                alignment,
                plugins,
                excludedVertices,
                quota,
                sharing,
                resubmission,
                eventInterval);
    }

    /** Over how long, and from when on, metrics are averaged. */
    public record Observation(Duration window, Duration stabilization, BusyTimeAggregator busyTimeAggregator) {}

    /**
     * The utilization that a vertex is sized for, and the band around it in which it is left alone.
     *
     * @param max above: scale up
     * @param min below: scale down
     */
    public record Utilization(double target, double max, double min) {}

    /**
     * @param maxParallelismIsCap whether an administrator allows no higher one
     * @param scaleUpMaxFactor at most this multiple of the parallelism is added at once, at least 0
     * @param scaleDownMaxFactor at most this share of the parallelism is taken away at once
     * @param scaleDownInterval how long a scale-down is delayed; zero: at once
     */
    public record Limits(
            int minParallelism,
            int maxParallelism,
            boolean maxParallelismIsCap,
            double scaleUpMaxFactor,
            double scaleDownMaxFactor,
            Duration scaleDownInterval) {

        /** Without a cap. */
        public Limits(
                int minParallelism,
                int maxParallelism,
                double scaleUpMaxFactor,
                double scaleDownMaxFactor,
                Duration scaleDownInterval) {
            this(minParallelism, maxParallelism, false, scaleUpMaxFactor, scaleDownMaxFactor, scaleDownInterval);
        }

        /** Whether a vertex that runs at one parallelism may be set to another as far as an administrator is concerned. */
        public boolean allows(int from, int to) {
            return to <= highest(from, Integer.MAX_VALUE);
        }

        /** The highest parallelism that a cap leaves to a vertex: what it runs at is always allowed. */
        public int highest(int from, int otherwise) {
            return maxParallelismIsCap ? Math.min(otherwise, Math.max(from, maxParallelism)) : otherwise;
        }
    }

    /**
     * @param catchUp within which a backlog should be gone; zero: the backlog is ignored
     * @param lagThreshold a lag worth more than this puts the job into backlog mode
     */
    public record Backlog(Duration catchUp, Duration lagThreshold) {}

    /**
     * @param time expected restart time
     * @param tracked whether the measured restart time is used instead, once there is one
     * @param trackedLimit at most this much of it
     */
    public record Restart(Duration time, boolean tracked, Duration trackedLimit) {

        private static final Duration LEAST_PATIENCE = Duration.ofMinutes(1);

        /** How long a rescale may be under way: its restart time. Who expects none still leaves Flink time to answer. */
        public Duration patience() {
            return time.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : time;
        }
    }

    /** When the true processing rate of a source is measured directly. */
    public record ObservedRate(Duration lagThreshold, double switchThreshold, int minObservations) {}

    /**
     * @param blocking whether a scale-up is blocked after an ineffective one
     * @param threshold share of the expected gain below which a scale-up was ineffective
     */
    public record Effectiveness(boolean blocking, double threshold) {}

    /** Whether it is learnt how well a vertex scales. */
    public record Scalability(boolean enabled, int minObservations, double coefficientMin) {}

    /** Above one of these: no scaling. */
    public record MemoryPressure(double gcThreshold, double heapUsageThreshold) {}

    /**
     * Whether, and how, it is recommended what memory a TaskManager should have.
     *
     * @param overhead head-room, as a share of what is used
     * @param maximizeManaged whether what is saved of the heap goes to managed memory
     * @param scaleDownCompensation whether the heap grows when fewer TaskManagers share the state
     */
    public record MemoryTuning(
            boolean enabled, double overhead, boolean maximizeManaged, boolean scaleDownCompensation) {}

    /** What the algorithm looks back on, per vertex. */
    public record History(int maxCount, Duration maxAge) {}

    /**
     * No rescale beyond this.
     *
     * @param cpu cores of all TaskManagers
     * @param memoryBytes bytes of all TaskManagers
     * @param taskManager what one TaskManager of the job costs
     */
    public record Quota(OptionalDouble cpu, OptionalLong memoryBytes, TaskManagerSize taskManager) {}

    /**
     * What a job may take of what it shares with others.
     *
     * @param checked whether a plan that needs TaskManagers is held against what the cluster can still give
     * @param cut whether it is cut to what there is room for; false: it waits until all of it fits
     * @param heldUnknown whether it is held while nobody says what room there is
     * @param priority where several want more than there is room for, the highest is served first
     * @param inSession whether the job is rescaled in a session cluster, too
     */
    public record Sharing(boolean checked, boolean cut, boolean heldUnknown, int priority, boolean inSession) {

        public static final Sharing DEFAULT = new Sharing(true, true, false, 0, false);
    }

    /**
     * What a run of a job has to do with the runs before it.
     *
     * @param logicalName what they have in common; empty: the name of their application
     * @param restoreParallelism whether a run starts at the parallelism that was good for the run before
     */
    public record Resubmission(Optional<String> logicalName, boolean restoreParallelism) {}

    /**
     * One TaskManager, as the Flink configuration of the job declares it. A quota of something that is not declared is not checked.
     *
     * @param slots {@code taskmanager.numberOfTaskSlots}, at least 1
     * @param cpu {@code taskmanager.cpu.cores}, or {@code yarn.containers.vcores}
     * @param memoryBytes {@code taskmanager.memory.process.size}
     */
    public record TaskManagerSize(int slots, OptionalDouble cpu, OptionalLong memoryBytes) {

        /** What holds where nothing is declared: Flink's own default of one slot, and an unknown cost. */
        public static final TaskManagerSize UNKNOWN =
                new TaskManagerSize(1, OptionalDouble.empty(), OptionalLong.empty());

        public TaskManagerSize {
            if (slots < 1) {
                throw new IllegalArgumentException("a TaskManager has at least one slot, got " + slots);
            }
        }

        /** How many TaskManagers hold so many slots. */
        public int needed(int totalSlots) {
            return (totalSlots + slots - 1) / slots;
        }
    }
}
