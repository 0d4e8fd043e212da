package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.TaskManagerSize;
import io.flinkyarn.autoscaler.core.resources.Amount;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * The TaskManagers that a job asks for, for one plan.
 *
 * @param container what one of them costs, as Flink asks for it; the cluster may round it up
 * @param containers how many more than the job has, at least 1
 * @param cut whether fewer are of use, too
 * @param priority the highest is served first
 * @param patience how long it may take until they are there
 */
record Claim(JobKey job, Amount container, int containers, boolean cut, int priority, Duration patience) {

    private static final long MIB = 1 << 20;

    static Claim of(JobKey job, int containers, ScalingPolicy policy) {
        TaskManagerSize size = policy.quota().taskManager();
        return new Claim(
                job,
                container(size),
                containers,
                policy.sharing().cut(),
                policy.sharing().priority(),
                policy.restart().patience());
    }

    /** As Flink does: the whole CPUs that are declared, and one per slot where none are. */
    private static Amount container(TaskManagerSize size) {
        OptionalLong bytes = size.memoryBytes();
        return new Amount((bytes.orElseThrow() + MIB - 1) / MIB, (long)
                Math.ceil(size.cpu().orElse(size.slots())));
    }
}
