package io.flinkyarn.autoscaler.core.resources;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Quota;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.TaskManagerSize;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Holds what a plan costs against the quotas of the job. */
public final class ResourceQuota {

    private static final double MIB = 1 << 20;

    private ResourceQuota() {}

    /**
     * Which quota the changes would exceed, as a sentence for people. Empty where none would, where the job would not need more
     * TaskManagers than today, and where slots or the size of a TaskManager are not known.
     */
    public static Optional<String> exceeded(JobGraph graph, Map<VertexId, Integer> changes, Quota quota) {
        if (quota.cpu().isEmpty() && quota.memoryBytes().isEmpty()) {
            return Optional.empty();
        }
        TaskManagerSize size = quota.taskManager();
        OptionalInt today = SlotDemand.of(graph, Map.of());
        OptionalInt planned = SlotDemand.of(graph, changes);
        if (today.isEmpty() || planned.isEmpty()) {
            return Optional.empty();
        }
        int taskManagers = size.needed(planned.getAsInt());
        if (taskManagers <= size.needed(today.getAsInt())) {
            return Optional.empty();
        }
        String need =
                planned.getAsInt() + " slots need " + taskManagers + " TaskManagers of " + size.slots() + " slots";
        if (quota.cpu().isPresent() && size.cpu().isPresent()) {
            double cpu = taskManagers * size.cpu().getAsDouble();
            if (cpu > quota.cpu().getAsDouble()) {
                return Optional.of(String.format(
                        Locale.ROOT,
                        "%s: %.1f CPUs, quota.cpu is %.1f",
                        need,
                        cpu,
                        quota.cpu().getAsDouble()));
            }
        }
        if (quota.memoryBytes().isPresent() && size.memoryBytes().isPresent()) {
            double memory = (double) taskManagers * size.memoryBytes().getAsLong();
            if (memory > quota.memoryBytes().getAsLong()) {
                return Optional.of(String.format(
                        Locale.ROOT,
                        "%s: %.0f MiB of memory, quota.memory is %.0f MiB",
                        need,
                        memory / MIB,
                        quota.memoryBytes().getAsLong() / MIB));
            }
        }
        return Optional.empty();
    }
}
