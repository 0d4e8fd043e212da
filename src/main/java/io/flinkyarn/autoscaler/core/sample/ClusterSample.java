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
 * @param clearance how far the job may go with what it shares with others
 */
public record ClusterSample(
        OptionalDouble heapMax,
        OptionalDouble heapUsed,
        OptionalDouble gcRatio,
        OptionalDouble managedUsed,
        OptionalDouble metaspaceUsed,
        OptionalInt taskSlotsTotal,
        OptionalInt taskSlotsAvailable,
        Clearance clearance) {

    /** What Flink tells: all but the clearance. */
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
                Clearance.OPEN);
    }

    ClusterSample cleared(Clearance next) {
        return new ClusterSample(
                heapMax, heapUsed, gcRatio, managedUsed, metaspaceUsed, taskSlotsTotal, taskSlotsAvailable, next);
    }
}
