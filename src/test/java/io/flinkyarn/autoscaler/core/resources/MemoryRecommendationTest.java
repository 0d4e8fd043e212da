package io.flinkyarn.autoscaler.core.resources;

import static io.flinkyarn.autoscaler.core.testing.Given.START;
import static io.flinkyarn.autoscaler.core.testing.Given.id;
import static io.flinkyarn.autoscaler.core.testing.Given.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.event.EventText;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.ClusterSample;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.testing.SteadyJob;
import io.flinkyarn.autoscaler.core.window.Intake;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MemoryRecommendationTest {

    private static final double MIB = 1 << 20;

    /** 8 slots: 4 TaskManagers of 2. */
    private static final JobGraph JOB = JobGraph.of(
            List.of(new JobVertex(id("a"), "a", 8, 128, OptionalInt.empty(), Optional.of("g"), false)), List.of());

    /** A window in which 300 and 500 MiB of 1000 MiB of heap, 100 MiB of metaspace, and so much managed memory were in use. */
    private static MetricsWindow window(OptionalDouble managed) {
        SteadyJob job = SteadyJob.of(JOB, Map.of("a", 100.0), Map.of("a", 100.0));
        MetricsWindow window = MetricsWindow.EMPTY;
        for (int i = 0; i < 2; i++) {
            JobSample sample = job.sample(START.plusSeconds(60 + 60 * i));
            ClusterSample cluster = new ClusterSample(
                    OptionalDouble.of(1000 * MIB),
                    OptionalDouble.of((300 + 200 * i) * MIB),
                    OptionalDouble.empty(),
                    managed,
                    OptionalDouble.of(100 * MIB),
                    OptionalInt.empty(),
                    OptionalInt.empty());
            JobSample seen =
                    new JobSample(sample.at(), sample.runningSince(), sample.graph(), sample.vertices(), cluster, true);
            window = Intake.of(window, seen, policy(), seen.at()).window();
        }
        return window;
    }

    private static Optional<MemoryRecommendation> recommended(
            double managed, Map<VertexId, Integer> changes, String... options) {
        ScalingPolicy policy = policy(options);
        return MemoryRecommendation.of(
                window(managed < 0 ? OptionalDouble.empty() : OptionalDouble.of(managed * MIB)),
                JOB,
                () -> changes,
                policy.memoryTuning(),
                policy.quota().taskManager());
    }

    private static MemoryRecommendation tuned(
            double managed, Map<VertexId, Integer> changes, String option, String to) {
        return recommended(
                        managed,
                        changes,
                        "memory.tuning.enabled",
                        "true",
                        "taskmanager.numberOfTaskSlots",
                        "2",
                        option,
                        to)
                .orElseThrow();
    }

    @Test
    void nothingIsRecommendedUnlessItIsAskedFor() {
        assertThat(recommended(0, Map.of())).isEmpty();
    }

    @Test
    void heapAndMetaspaceGetHeadRoomAboveTheirMeanUse() {
        MemoryRecommendation memory = tuned(0, Map.of(), "memory.tuning.overhead", "0.5");

        assertThat(memory.heap()).hasValue(400 * 1.5 * MIB);
        assertThat(memory.heapToday()).hasValue(1000 * MIB);
        assertThat(memory.metaspace()).hasValue(100 * 1.5 * MIB);
        assertThat(memory.managed()).hasValue(0);
    }

    @Test
    void whatIsNotReportedIsNotSpokenOf() {
        MemoryRecommendation memory = tuned(-1, Map.of(), "memory.tuning.overhead", "0.5");

        assertThat(memory.managed()).isEmpty();
        assertThat(EventText.memoryRecommendation(memory)).doesNotContain("managed");
    }

    @Test
    void whatIsSavedOfTheHeapGoesToManagedMemoryThatIsInUse() {
        String option = "memory.tuning.maximize-managed-memory";

        assertThat(tuned(200, Map.of(), option, "true").managed().orElseThrow() / MIB)
                .isEqualTo(200 + 1000 - 480.0);
        assertThat(tuned(200, Map.of(), option, "false").managed()).hasValue(200 * MIB);
        assertThat(tuned(0, Map.of(), option, "true").managed()).hasValue(0);
    }

    @Test
    void fewerTaskManagersNeedMoreHeapEach() {
        String option = "memory.tuning.scale-down-compensation.enabled";

        // 3 slots take 2 TaskManagers, today it is 4
        assertThat(tuned(0, Map.of(id("a"), 3), option, "true").heap()).hasValue(480 * 2 * MIB);
        assertThat(tuned(0, Map.of(id("a"), 3), option, "false").heap()).hasValue(480 * MIB);
        assertThat(tuned(0, Map.of(id("a"), 16), option, "true").heap()).hasValue(480 * MIB);
    }

    @Test
    void theEventNamesTheOptionsAndSaysThatItIsAdvice() {
        assertThat(EventText.memoryRecommendation(tuned(200, Map.of(id("a"), 3), "memory.tuning.overhead", "0.2")))
                .isEqualTo(
                        "By what it uses, a TaskManager of this job should have a heap of 960 MiB instead of 1000 MiB, as fewer"
                                + " TaskManagers are to share the state (taskmanager.memory.task.heap.size and"
                                + " taskmanager.memory.framework.heap.size together), managed memory of 200 MiB"
                                + " (taskmanager.memory.managed.size), a metaspace of 120 MiB"
                                + " (taskmanager.memory.jvm-metaspace.size). This is advice: rescaling in place cannot change the"
                                + " memory of TaskManagers. Set it in the Flink configuration of the job, and start the job anew");
    }
}
