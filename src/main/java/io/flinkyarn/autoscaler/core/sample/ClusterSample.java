package io.flinkyarn.autoscaler.core.sample;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What was seen of the TaskManagers of a job at one moment. An empty value was not reported.
 *
 * @param heapMax bytes, the largest over the TaskManagers
 * @param heapUsed bytes, the largest over the TaskManagers
 * @param gcRatio time spent in garbage collection, in [0, 1], the largest over the TaskManagers
 * @param managedUsed bytes of managed memory, the largest over the TaskManagers
 * @param metaspaceUsed bytes, the largest over the TaskManagers
 * @param taskSlotsTotal slots of all TaskManagers
 * @param taskSlotsAvailable slots of all TaskManagers that are not held by a job
 * @param room slots that the job could get beyond those that it has, free ones and those of TaskManagers that could still be started; empty:
 *     not known, and a rescale is not held for want of it. Nothing fills it yet: Flink tells of the TaskManagers that run, not of what YARN
 *     would give
 */
public record ClusterSample(
        OptionalDouble heapMax,
        OptionalDouble heapUsed,
        OptionalDouble gcRatio,
        OptionalDouble managedUsed,
        OptionalDouble metaspaceUsed,
        OptionalInt taskSlotsTotal,
        OptionalInt taskSlotsAvailable,
        OptionalInt room) {

    /** What Flink tells: all but the room. */
    public ClusterSample(
            OptionalDouble heapMax,
            OptionalDouble heapUsed,
            OptionalDouble gcRatio,
            OptionalDouble managedUsed,
            OptionalDouble metaspaceUsed,
            OptionalInt taskSlotsTotal,
            OptionalInt taskSlotsAvailable) {
        this(
                heapMax,
                heapUsed,
                gcRatio,
                managedUsed,
                metaspaceUsed,
                taskSlotsTotal,
                taskSlotsAvailable,
                OptionalInt.empty());
    }

    /** @param slots that the job could get beyond those that it has, at least 0 */
    public ClusterSample withRoom(int slots) {
        return new ClusterSample(
                heapMax,
                heapUsed,
                gcRatio,
                managedUsed,
                metaspaceUsed,
                taskSlotsTotal,
                taskSlotsAvailable,
                OptionalInt.of(slots));
    }
}
