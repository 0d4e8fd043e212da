package io.flinkyarn.autoscaler.core;

import static io.flinkyarn.autoscaler.core.testing.Given.START;
import static io.flinkyarn.autoscaler.core.testing.Given.id;
import static io.flinkyarn.autoscaler.core.testing.Given.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.Decision.Rescale;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.job.Edge;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.ShipStrategy;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.testing.SteadyJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the room in the cluster does to the decisions about a job whose source runs at 4 and whose work is right at 8, in shared slots. */
class RoomTest {

    private static SteadyJob job(int parallelism, Optional<String> group) {
        JobVertex source = new JobVertex(id("source"), "source", 4, 128, OptionalInt.empty(), group, false);
        JobVertex work = new JobVertex(id("work"), "work", parallelism, 128, OptionalInt.empty(), group, false);
        return SteadyJob.of(
                JobGraph.of(List.of(source, work), List.of(new Edge(source.id(), work.id(), ShipStrategy.OTHER))),
                Map.of("source", 1000.0),
                Map.of("source", 500.0, "work", 250.0));
    }

    private static final SteadyJob TOO_SLOW = job(4, Optional.of("shared"));
    private static final SteadyJob TOO_FAST = job(12, Optional.of("shared"));

    private static Step step(SteadyJob job, OptionalInt room, String... options) {
        List<String> all = new ArrayList<>(
                List.of("stabilization.interval", "0 s", "metrics.window", "1 min", "utilization.target", "0.5"));
        all.addAll(List.of("target.utilization.boundary", "0.1"));
        all.addAll(List.of(options));
        JobState state = JobState.NEW;
        Step step = Step.holding(state, Hold.because(HoldReason.NOT_RUNNING, ""), List.of(), START);
        for (int second = 60; second <= 120; second += 30) {
            JobSample sample = in(room, job, START.plusSeconds(second));
            step = Autoscaler.step(state, sample, policy(all.toArray(String[]::new)), sample.at());
            state = step.state();
        }
        return step;
    }

    private static JobSample in(OptionalInt room, SteadyJob job, Instant at) {
        JobSample sample = job.sample(at);
        return new JobSample(
                at,
                sample.runningSince(),
                sample.graph(),
                sample.vertices(),
                room.isPresent() ? sample.cluster().withRoom(room.getAsInt()) : sample.cluster(),
                sample.rescalable());
    }

    private static void assertHeld(Step step, String detail) {
        assertThat(step.decision()).isInstanceOfSatisfying(Hold.class, hold -> {
            assertThat(hold.reason()).isEqualTo(HoldReason.NO_ROOM);
            assertThat(hold.detail()).isEqualTo(detail);
            assertThat(hold.recommended()).isPresent();
        });
        assertThat(step.events()).singleElement().satisfies(event -> {
            assertThat(event.reason()).isEqualTo(EventReason.NO_ROOM);
            assertThat(event.message()).isEqualTo("The job is not rescaled: " + detail);
            assertThat(event.mergeWithin()).isPresent();
        });
        assertThat(step.state().reconciliation()).isEmpty();
    }

    @Test
    void aPlanThatNeedsMoreSlotsThanThereIsRoomForIsHeld() {
        assertHeld(
                step(TOO_SLOW, OptionalInt.of(3)),
                "the plan needs 8 slots, 4 more than today, and there is room for 3 more");
    }

    @Test
    void aPlanThatFitsExactlyIsCarriedOut() {
        assertThat(step(TOO_SLOW, OptionalInt.of(4)).decision()).isInstanceOf(Rescale.class);
    }

    @Test
    void aRoomThatIsNotKnownHoldsNothing() {
        assertThat(step(TOO_SLOW, OptionalInt.empty()).decision()).isInstanceOf(Rescale.class);
    }

    @Test
    void slotsThatAreNotKnownHoldNothing() {
        assertThat(step(job(4, Optional.empty()), OptionalInt.of(0)).decision()).isInstanceOf(Rescale.class);
    }

    @Test
    void aScaleDownNeedsNoRoom() {
        assertThat(step(TOO_FAST, OptionalInt.of(0)).decision()).isInstanceOf(Rescale.class);
    }

    @Test
    void theRoomIsAskedBeforeTheQuotas() {
        Step step = step(
                TOO_SLOW,
                OptionalInt.of(0),
                "quota.cpu",
                "1",
                "taskmanager.cpu.cores",
                "1",
                "taskmanager.numberOfTaskSlots",
                "1");

        assertHeld(step, "the plan needs 8 slots, 4 more than today, and there is room for 0 more");
    }

    @Test
    void whatAScalingExecutorMakesOfThePlanNeedsRoomToo() {
        Step step = step(
                TOO_SLOW,
                OptionalInt.of(4),
                "scaling.custom-executors",
                "many",
                "scaling.custom-executor.many.class",
                "io.flinkyarn.autoscaler.testing.TestPlugins$Setting",
                "scaling.custom-executor.many.to",
                "9");

        assertHeld(step, "the plan needs 9 slots, 5 more than today, and there is room for 4 more");
    }
}
