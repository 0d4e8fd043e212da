package io.flinkyarn.autoscaler.core.resources;

import static io.flinkyarn.autoscaler.core.testing.Given.id;
import static io.flinkyarn.autoscaler.core.testing.Given.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Quota;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ResourceQuotaTest {

    /** Slots today: 6 of group g, 3 of group h. */
    private static final JobGraph JOB = JobGraph.of(
            List.of(
                    vertex("a", 6, Optional.of("g")),
                    vertex("b", 4, Optional.of("g")),
                    vertex("c", 3, Optional.of("h"))),
            List.of());

    private static JobVertex vertex(String name, int parallelism, Optional<String> group) {
        return new JobVertex(id(name), name, parallelism, 128, OptionalInt.empty(), group, false);
    }

    private static Quota quota(String... options) {
        return policy(options).quota();
    }

    private static Optional<String> exceeded(Map<VertexId, Integer> changes, Quota quota) {
        return ResourceQuota.exceeded(JOB, changes, quota);
    }

    @Test
    void groupsShareSlotsWithinThemselvesOnly() {
        assertThat(SlotDemand.of(JOB, Map.of())).hasValue(6 + 3);
        assertThat(SlotDemand.of(JOB, Map.of(id("b"), 8))).hasValue(8 + 3);
        assertThat(SlotDemand.of(JOB, Map.of(id("a"), 2))).hasValue(4 + 3);
    }

    @Test
    void slotsAreUnknownWhereAGroupIs() {
        JobGraph job =
                JobGraph.of(List.of(vertex("a", 6, Optional.of("g")), vertex("b", 4, Optional.empty())), List.of());

        assertThat(SlotDemand.of(job, Map.of())).isEmpty();
    }

    @Test
    void aPlanWithinTheQuotaPasses() {
        // 11 slots at 2 a TaskManager: 6 TaskManagers
        assertThat(exceeded(
                        Map.of(id("b"), 8),
                        quota(
                                "quota.memory", "6 gb",
                                "taskmanager.memory.process.size", "1 gb",
                                "taskmanager.numberOfTaskSlots", "2")))
                .isEmpty();
    }

    @Test
    void aPlanBeyondTheMemoryQuotaIsRefusedWithItsNumbers() {
        assertThat(exceeded(
                        Map.of(id("b"), 8),
                        quota(
                                "quota.memory", "5 gb",
                                "taskmanager.memory.process.size", "1 gb",
                                "taskmanager.numberOfTaskSlots", "2")))
                .contains("11 slots need 6 TaskManagers of 2 slots: 6144 MiB of memory, quota.memory is 5120 MiB");
    }

    @Test
    void aPlanBeyondTheCpuQuotaIsRefusedWithItsNumbers() {
        assertThat(exceeded(Map.of(id("b"), 8), quota("quota.cpu", "10", "taskmanager.cpu.cores", "1.0")))
                .contains("11 slots need 11 TaskManagers of 1 slots: 11.0 CPUs, quota.cpu is 10.0");
    }

    @Test
    void aPlanThatNeedsNoMoreTaskManagersPassesThoughTheJobIsBeyondTheQuotaAlready() {
        Quota small = quota("quota.cpu", "1", "taskmanager.cpu.cores", "1.0");

        assertThat(exceeded(Map.of(id("a"), 5), small)).isEmpty();
        assertThat(exceeded(Map.of(id("b"), 6), small)).isEmpty();
    }

    @Test
    void nothingIsCheckedWhereTheSizeOfATaskManagerIsUnknown() {
        assertThat(exceeded(Map.of(id("b"), 80), quota("quota.cpu", "1"))).isEmpty();
        assertThat(exceeded(Map.of(id("b"), 80), quota("quota.memory", "1 gb"))).isEmpty();
    }
}
