package io.flinkyarn.autoscaler.core;

import static io.flinkyarn.autoscaler.core.testing.Given.START;
import static io.flinkyarn.autoscaler.core.testing.Given.chain;
import static io.flinkyarn.autoscaler.core.testing.Given.id;
import static io.flinkyarn.autoscaler.core.testing.Given.policy;
import static io.flinkyarn.autoscaler.core.testing.Given.vertex;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.Decision.Rescale;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.Limit;
import io.flinkyarn.autoscaler.core.decide.Trigger;
import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventText;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.state.EarlierRun;
import io.flinkyarn.autoscaler.core.state.GoodParallelism;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.core.testing.SteadyJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What becomes of a job that ran at 2 and 8, and was submitted anew at 1 and 1. */
class RestorationTest {

    private static final Map<VertexId, Integer> GOOD = Map.of(id("source"), 2, id("work"), 8);
    private static final SteadyJob SUBMITTED = job(vertex("source", 1), vertex("work", 1));

    private static SteadyJob job(JobVertex... vertices) {
        return SteadyJob.of(chain(vertices), Map.of("source", 1000.0), Map.of("source", 1000.0, "work", 250.0));
    }

    private static ScalingPolicy restoring(String... options) {
        List<String> all = new ArrayList<>(List.of(
                "restore-parallelism.enabled", "true",
                "stabilization.interval", "1 min",
                "metrics.window", "2 min",
                "utilization.target", "0.5"));
        all.addAll(List.of(options));
        return policy(all.toArray(String[]::new));
    }

    private static final ScalingPolicy RESTORING = restoring();

    private static EarlierRun earlier(Map<VertexId, Integer> good) {
        JobState left = new JobState(
                JobState.NEW.window(),
                Map.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new GoodParallelism(good, false)));
        return new EarlierRun(new JobKey("test", "application_1_0001", "a"), left);
    }

    private static Step firstStep(SteadyJob job, ScalingPolicy policy) {
        return firstStep(job, policy, GOOD, START.plusSeconds(5));
    }

    private static Step firstStep(SteadyJob job, ScalingPolicy policy, Map<VertexId, Integer> good, Instant now) {
        return Autoscaler.firstStep(earlier(good), JobState.NEW, job.sample(now), policy, now);
    }

    /** Steps every ten seconds, from the given second on. */
    private static Step steps(JobState state, SteadyJob job, ScalingPolicy policy, int from, int to) {
        JobSample sample = job.sample(START.plusSeconds(from));
        Step step = Autoscaler.step(state, sample, policy, sample.at());
        return from == to ? step : steps(step.state(), job, policy, from + 10, to);
    }

    private static Map<VertexId, Integer> targets(Step step) {
        assertThat(step.decision()).isInstanceOf(Rescale.class);
        return ((Rescale) step.decision()).plan().targets();
    }

    private static Hold hold(Step step) {
        assertThat(step.decision()).isInstanceOf(Hold.class);
        return (Hold) step.decision();
    }

    @Test
    void itIsRescaledWithItsFirstSampleToWhatWasGoodBefore() {
        Step step = firstStep(SUBMITTED, RESTORING);

        assertThat(targets(step)).isEqualTo(GOOD);
        assertThat(step.decision().trigger()).isEqualTo(Trigger.RESTORE);
        assertThat(step.decision().verdicts()).allMatch(v -> v.outcome() == VertexOutcome.RESTORED);
        assertThat(EventText.lines(step.decision()))
                .contains("work, parallelism 1 → 8, true processing rate unknown, target rate unknown,"
                        + " it ran well so before the job was submitted anew");
        assertThat(step.state().reconciliation().orElseThrow().phase()).isEqualTo(Phase.REQUESTED);
        assertThat(step.state().history()).as("no rate was measured").isEmpty();
        assertThat(step.state().restarts()).hasSize(1);
    }

    @Test
    void itsOwnerIsToldWhatWasLearntAndWhatIsDone() {
        List<JobEvent> events = firstStep(SUBMITTED, RESTORING).events();

        assertThat(events)
                .extracting(JobEvent::reason)
                .containsExactly(EventReason.LEARNED_FROM_EARLIER_RUN, EventReason.SCALING_REPORT);
        assertThat(events.get(0).message())
                .isEqualTo("Begins with what was learnt in the earlier run test/application_1_0001/a of this job:"
                        + " it ran well at source 2, work 8");
        assertThat(events.get(1).message())
                .startsWith("Rescaling the job to what was good for its run before:{ Vertex ID ");
    }

    @Test
    void itsOwnerIsToldWhereItWasFoundTooLate() {
        Step step = firstStep(SUBMITTED, RESTORING, GOOD, START.plusSeconds(181));

        assertThat(step.decision()).isInstanceOf(Hold.class);
        assertThat(step.events().get(0).message())
                .endsWith("; that is not restored, as the job was found after " + START.plusSeconds(180)
                        + ", when it could have a full metrics window of its own");
    }

    @Test
    void itIsLeftAloneWithoutTheOption() {
        Hold hold = hold(firstStep(SUBMITTED, restoring("restore-parallelism.enabled", "false")));

        assertThat(hold.reason()).isEqualTo(HoldReason.STABILIZING);
        assertThat(hold.recommended()).isEmpty();
    }

    @Test
    void nothingIsDoneWhereItRunsSoAlready() {
        SteadyJob same = job(vertex("source", 2), vertex("work", 8));

        assertThat(hold(firstStep(same, RESTORING)).reason()).isEqualTo(HoldReason.STABILIZING);
    }

    @Test
    void itMayBeAScaleDown() {
        assertThat(targets(firstStep(job(vertex("source", 2), vertex("work", 20)), RESTORING)))
                .isEqualTo(Map.of(id("work"), 8));
    }

    @Test
    void anotherJobGraphIsNotTouched() {
        Step step = firstStep(job(vertex("source", 1), vertex("join", 1)), RESTORING);

        assertThat(hold(step).reason()).isEqualTo(HoldReason.STABILIZING);
        assertThat(step.events()).isEmpty();
    }

    @Test
    void theLimitsOfTodayHold() {
        Step step = firstStep(SUBMITTED, restoring("vertex.max-parallelism", "5"));

        assertThat(targets(step)).isEqualTo(Map.of(id("source"), 2, id("work"), 5));
        assertThat(step.decision().verdicts().get(1)).satisfies(work -> {
            assertThat(work.rawParallelism()).isEqualTo(8);
            assertThat(work.limit()).isEqualTo(Limit.MAX_PARALLELISM);
        });
        assertThat(hold(firstStep(SUBMITTED, restoring("vertex.max-parallelism", "1")))
                        .reason())
                .isEqualTo(HoldReason.STABILIZING);
    }

    @Test
    void aVertexIsNotRestoredAboveItsKeyGroupsNorASourceAboveItsPartitions() {
        SteadyJob small = job(vertex("source", 1, 720, OptionalInt.of(1)), vertex("work", 1, 6, OptionalInt.empty()));

        assertThat(targets(firstStep(small, RESTORING))).isEqualTo(Map.of(id("work"), 6));
    }

    @Test
    void excludedVerticesStayAsTheyWereSubmitted() {
        assertThat(targets(firstStep(SUBMITTED, restoring("vertex.exclude.names", "work"))))
                .isEqualTo(Map.of(id("source"), 2));
    }

    @Test
    void whatIsNotAllowedIsRecommended() {
        assertThat(hold(firstStep(SUBMITTED, restoring("scaling.enabled", "false")))
                        .reason())
                .isEqualTo(HoldReason.SCALING_DISABLED);
        assertThat(hold(firstStep(SUBMITTED.notRescalable(), RESTORING)).reason())
                .isEqualTo(HoldReason.NOT_RESCALABLE);
        Hold hold = hold(firstStep(SUBMITTED, restoring("excluded.periods", "00:00-23:59")));
        assertThat(hold.reason()).isEqualTo(HoldReason.EXCLUDED_PERIOD);
        assertThat(hold.recommended().orElseThrow().targets()).isEqualTo(GOOD);
        assertThat(hold.trigger()).isEqualTo(Trigger.RESTORE);
    }

    @Test
    void aScalingExecutorMayRefuse() {
        Hold hold = hold(firstStep(
                SUBMITTED,
                restoring(
                        "scaling.custom-executors",
                        "no",
                        "scaling.custom-executor.no.class",
                        "io.flinkyarn.autoscaler.testing.TestPlugins$Refusing",
                        "scaling.custom-executor.no.limit",
                        "4")));

        assertThat(hold.reason()).isEqualTo(HoldReason.VETOED);
    }

    @Test
    void itIsTriedOnce() {
        Step restored = firstStep(SUBMITTED, RESTORING);
        JobState refused = restored.state()
                .withoutRescale(restored.state()
                        .reconciliation()
                        .orElseThrow()
                        .with(Phase.FAILED, START.plusSeconds(6), Optional.empty()));

        assertThat(hold(steps(refused, SUBMITTED, RESTORING, 10, 30)).reason()).isEqualTo(HoldReason.STABILIZING);
    }

    @Test
    void aJobThatRanLongEnoughToBeMeasuredIsMeasured() {
        Instant late = START.plusSeconds(180);

        assertThat(hold(firstStep(SUBMITTED, RESTORING, GOOD, late)).reason()).isEqualTo(HoldReason.WINDOW_FILLING);
        assertThat(targets(firstStep(SUBMITTED, RESTORING, GOOD, late.minusSeconds(1))))
                .isEqualTo(GOOD);
    }

    @Test
    void whatWasMeasuredForAWholeWindowIsGood() {
        JobState filling = steps(JobState.NEW, SUBMITTED, RESTORING, 10, 170).state();
        assertThat(filling.good()).isEmpty();

        JobState full = steps(filling, SUBMITTED, RESTORING, 180, 180).state();
        assertThat(full.good().orElseThrow())
                .isEqualTo(new GoodParallelism(Map.of(id("source"), 1, id("work"), 1), false));
        assertThat(full.reconciliation()).as("and too slow").isPresent();
    }

    @Test
    void whatWasDecidedIsGoodOnlyOnceItWasMeasured() {
        Step rescale = steps(JobState.NEW, SUBMITTED, RESTORING, 10, 180);
        SteadyJob rescaled = SUBMITTED.rescaled(targets(rescale), START.plusSeconds(185));

        JobState soon = steps(rescale.state(), rescaled, RESTORING, 190, 360).state();
        assertThat(soon.good().orElseThrow().byVertex()).containsEntry(id("work"), 1);
        JobState measured = steps(soon, rescaled, RESTORING, 370, 370).state();
        assertThat(measured.good().orElseThrow().byVertex()).containsEntry(id("work"), 2);
    }
}
