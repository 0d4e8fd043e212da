package io.flinkyarn.autoscaler.core;

import static io.flinkyarn.autoscaler.core.testing.Given.START;
import static io.flinkyarn.autoscaler.core.testing.Given.id;
import static io.flinkyarn.autoscaler.core.testing.Given.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.Decision.Rescale;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.job.Edge;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.ShipStrategy;
import io.flinkyarn.autoscaler.core.sample.Clearance;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.testing.SteadyJob;
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

    private static final String WHY = "queue root.small is full";

    private static Step step(SteadyJob job, int room, String... options) {
        return step(job, new Clearance.Room(room, WHY), options);
    }

    private static Step step(SteadyJob job, Clearance clearance, String... options) {
        List<String> all = new ArrayList<>(
                List.of("stabilization.interval", "0 s", "metrics.window", "1 min", "utilization.target", "0.5"));
        all.addAll(List.of("target.utilization.boundary", "0.1"));
        all.addAll(List.of(options));
        JobState state = JobState.NEW;
        Step step = Step.holding(state, Hold.because(HoldReason.NOT_RUNNING, ""), List.of(), START);
        for (int second = 60; second <= 120; second += 30) {
            JobSample sample = job.sample(START.plusSeconds(second)).cleared(clearance);
            step = Autoscaler.step(state, sample, policy(all.toArray(String[]::new)), sample.at());
            state = step.state();
        }
        return step;
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

    private static void assertCut(Step step, int to, String why) {
        assertThat(step.decision()).isInstanceOfSatisfying(Rescale.class, rescale -> {
            assertThat(rescale.plan().targets()).containsExactly(Map.entry(id("work"), to));
            assertThat(rescale.verdicts().get(1).outcome()).isEqualTo(VertexOutcome.CUT);
            assertThat(rescale.verdicts().get(1).alignedParallelism()).isEqualTo(8);
            assertThat(rescale.verdicts().get(1).expectedProcessingRate()).hasValue(250.0 * to);
        });
        assertThat(step.events())
                .extracting(JobEvent::reason)
                .containsExactly(EventReason.NO_ROOM, EventReason.SCALING_REPORT);
        assertThat(step.events().get(0).message()).isEqualTo("The rescale is cut to the room that there is: " + why);
    }

    @Test
    void aPlanThatNeedsMoreSlotsThanThereIsRoomForIsCutToWhatFits() {
        assertCut(
                step(TOO_SLOW, 3),
                7,
                "the plan needs 8 slots, 4 more than today, and there is room for 3 more: " + WHY);
    }

    @Test
    void aPlanThatMayNotBeCutWaits() {
        assertHeld(
                step(TOO_SLOW, 3, "room.cut.enabled", "false"),
                "the plan needs 8 slots, 4 more than today, and there is room for 3 more: " + WHY);
    }

    @Test
    void aPlanOfWhichNothingFitsWaits() {
        assertHeld(
                step(TOO_SLOW, 0), "the plan needs 8 slots, 4 more than today, and there is room for 0 more: " + WHY);
    }

    @Test
    void aPlanThatFitsExactlyIsCarriedOut() {
        assertThat(step(TOO_SLOW, 4).decision()).isInstanceOf(Rescale.class);
    }

    @Test
    void aRoomThatIsNotKnownHoldsNothingButIsToldOf() {
        Step step = step(TOO_SLOW, new Clearance.RoomUnknown("YARN does not answer"));

        assertThat(step.decision()).isInstanceOf(Rescale.class);
        assertThat(step.events())
                .extracting(JobEvent::message)
                .contains(
                        "The job is rescaled although it is not known whether there is room for it: YARN does not answer");
    }

    @Test
    void slotsThatAreNotKnownHoldNothing() {
        assertThat(step(job(4, Optional.empty()), 0).decision()).isInstanceOf(Rescale.class);
    }

    @Test
    void aScaleDownNeedsNoRoom() {
        assertThat(step(TOO_FAST, 0).decision()).isInstanceOf(Rescale.class);
    }

    @Test
    void theRoomIsAskedBeforeTheQuotas() {
        Step step =
                step(TOO_SLOW, 0, "quota.cpu", "1", "taskmanager.cpu.cores", "1", "taskmanager.numberOfTaskSlots", "1");

        assertHeld(step, "the plan needs 8 slots, 4 more than today, and there is room for 0 more: " + WHY);
    }

    @Test
    void whatAScalingExecutorMakesOfThePlanNeedsRoomToo() {
        Step step = step(
                TOO_SLOW,
                4,
                "scaling.custom-executors",
                "many",
                "scaling.custom-executor.many.class",
                "io.flinkyarn.autoscaler.testing.TestPlugins$Setting",
                "scaling.custom-executor.many.to",
                "9");

        assertCut(step, 8, "the plan needs 9 slots, 5 more than today, and there is room for 4 more: " + WHY);
    }

    @Test
    void inASessionClusterAJobGetsRecommendationsUnlessItIsAllowedThere() {
        Step step = step(TOO_SLOW, new Clearance.SessionNotEnabled("session cluster a with its 2 jobs"));

        assertThat(step.decision()).isInstanceOfSatisfying(Hold.class, hold -> {
            assertThat(hold.reason()).isEqualTo(HoldReason.SESSION_NOT_ENABLED);
            assertThat(hold.detail())
                    .isEqualTo(
                            "session cluster a with its 2 jobs; set job.autoscaler.session.enabled: true to have it rescaled there");
            assertThat(hold.recommended()).isPresent();
        });
    }

    @Test
    void aJobWaitsForAnotherOneOfItsSession() {
        Step step = step(TOO_SLOW, new Clearance.SessionBusy("job b goes first"));

        assertThat(step.decision()).isInstanceOfSatisfying(Hold.class, hold -> {
            assertThat(hold.reason()).isEqualTo(HoldReason.SESSION_BUSY);
            assertThat(hold.detail()).isEqualTo("job b goes first");
            assertThat(hold.recommended()).isPresent();
        });
        assertThat(step.state().reconciliation()).isEmpty();
    }
}
