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
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.Sampling;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.core.state.Standing;
import io.flinkyarn.autoscaler.core.testing.ChangedVertex;
import io.flinkyarn.autoscaler.core.testing.SteadyJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The step as a whole, where it goes beyond what the golden cases show. */
class AutoscalerTest {

    private static final ScalingPolicy POLICY =
            policy("stabilization.interval", "1 min", "metrics.window", "5 min", "utilization.target", "0.5");

    /** 1000 records/s; a subtask of work can do 250/s, so that 4 of them are always busy and 1000 / 0.5 / 250 = 8 are right. */
    private static final SteadyJob TOO_SLOW = SteadyJob.of(
            chain(vertex("source", 4), vertex("work", 4)),
            Map.of("source", 1000.0),
            Map.of("source", 500.0, "work", 250.0));

    private static final SteadyJob FITS = SteadyJob.of(
            chain(vertex("source", 4), vertex("work", 8)),
            Map.of("source", 1000.0),
            Map.of("source", 500.0, "work", 250.0));

    private JobState state = JobState.NEW;

    private Step step(SteadyJob job, ScalingPolicy policy, Duration after) {
        return step(job.sample(START.plus(after)), policy);
    }

    private Step step(JobSample sample, ScalingPolicy policy) {
        Step step = Autoscaler.step(state, sample, policy, sample.at());
        state = step.state();
        return step;
    }

    /** Steps every minute, from the first minute on. */
    private Step stepUntil(SteadyJob job, ScalingPolicy policy, int minutes) {
        Step last = step(job, policy, Duration.ofMinutes(1));
        for (int minute = 2; minute <= minutes; minute++) {
            last = step(job, policy, Duration.ofMinutes(minute));
        }
        return last;
    }

    private static Hold hold(Step step) {
        assertThat(step.decision()).isInstanceOf(Hold.class);
        return (Hold) step.decision();
    }

    private static List<EventReason> events(Step step) {
        return step.events().stream().map(event -> event.reason()).toList();
    }

    @Test
    void aJobThatHasJustBegunIsLeftAloneUntilItIsStable() {
        Hold hold = hold(step(TOO_SLOW, POLICY, Duration.ofSeconds(30)));

        assertThat(hold.reason()).isEqualTo(HoldReason.STABILIZING);
        assertThat(hold.detail()).isEqualTo("until 2026-01-01T00:01:00Z, 1 samples so far");
    }

    @Test
    void aWindowThatFillsSaysWhenItWillBeFull() {
        Hold hold = hold(stepUntil(TOO_SLOW, POLICY, 5));

        assertThat(hold.reason()).isEqualTo(HoldReason.WINDOW_FILLING);
        assertThat(hold.detail()).isEqualTo("full at 2026-01-01T00:06:00Z, 5 samples so far");
        assertThat(hold.verdicts()).hasSize(2);
        assertThat(state.standing()).hasValueSatisfying(standing -> {
            assertThat(standing.reason()).isEqualTo("WINDOW_FILLING");
            assertThat(standing.since()).isEqualTo(START.plus(Duration.ofMinutes(1)));
        });
    }

    @Test
    void aVertexThatIsTooSlowIsScaledToItsTargetUtilization() {
        Step step = stepUntil(TOO_SLOW, POLICY, 6);

        assertThat(step.decision())
                .isInstanceOfSatisfying(
                        Rescale.class,
                        rescale -> assertThat(rescale.plan().targets()).isEqualTo(Map.of(id("work"), 8)));
        assertThat(events(step)).containsExactly(EventReason.SCALING_REPORT);
        assertThat(state.reconciliation())
                .hasValueSatisfying(r -> assertThat(r.phase()).isEqualTo(Phase.REQUESTED));
        assertThat(state.history().get(id("work"))).singleElement().satisfies(past -> {
            assertThat(past.from()).isEqualTo(4);
            assertThat(past.to()).isEqualTo(8);
            assertThat(past.trueProcessingRate()).isEqualTo(1000);
            assertThat(past.expectedProcessingRate()).isEqualTo(2000);
        });
    }

    @Test
    void aJobThatFitsIsLeftAlone() {
        assertThat(hold(stepUntil(FITS, POLICY, 6)).reason()).isEqualTo(HoldReason.WITHIN_BAND);
    }

    @Test
    void aFullWindowStaysFullThoughSamplesJitter() {
        stepUntil(FITS, POLICY, 6);
        for (int i = 1; i < 20; i++) {
            Duration jitter = Duration.ofMillis(i % 2 == 0 ? 7 : -7);
            Step step = step(FITS, POLICY, Duration.ofMinutes(6 + i).plus(jitter));
            assertThat(hold(step).reason()).isEqualTo(HoldReason.WITHIN_BAND);
        }
    }

    @Test
    void noDecisionIsTakenWhileARescaleIsUnderWay() {
        stepUntil(TOO_SLOW, POLICY, 6);

        Hold hold = hold(step(TOO_SLOW, POLICY, Duration.ofSeconds(6 * 60 + 30)));

        assertThat(hold.reason()).isEqualTo(HoldReason.RESCALE_IN_PROGRESS);
        assertThat(hold.detail()).isEqualTo("vertex work runs at 4 instead of 8, waiting until 2026-01-01T00:07:00Z");
    }

    /** As Flink does that takes the request, and has no slots for it. */
    private void flinkAccepts(Duration after) {
        Reconciliation requested = state.reconciliation().orElseThrow();
        state = state.withReconciliation(requested.with(Phase.ACCEPTED, START.plus(after), Optional.empty()));
    }

    /** Up to the first hold because of slots that are lacking. */
    private Step stepUntilNotReached() {
        stepUntil(TOO_SLOW, POLICY, 6);
        flinkAccepts(Duration.ofMinutes(6));
        return step(TOO_SLOW, POLICY, Duration.ofMinutes(7));
    }

    @Test
    void aTargetThatFlinkLacksTheSlotsForIsNotDecidedAgain() {
        Step first = stepUntilNotReached();
        Step second = step(TOO_SLOW, POLICY, Duration.ofMinutes(8));

        for (Step step : List.of(first, second)) {
            assertThat(hold(step).reason()).isEqualTo(HoldReason.TARGET_NOT_REACHED);
            assertThat(hold(step).detail())
                    .isEqualTo("vertex work runs at 4 instead of 8, asked for at 2026-01-01T00:06:00Z:"
                            + " it takes free slots, or a lower vertex.max-parallelism");
            assertThat(events(step)).containsOnly(EventReason.RESCALE_FAILED);
            assertThat(step.events()).extracting(JobEvent::key).containsOnly("target");
            assertThat(step.events())
                    .allSatisfy(event -> assertThat(event.mergeWithin()).isPresent());
        }
        assertThat(state.reconciliation())
                .hasValueSatisfying(r -> assertThat(r.phase()).isEqualTo(Phase.NOT_REACHED));
    }

    @Test
    void aTargetThatFlinkRefusedIsNotSentAgainBeforeTheEventIntervalHasPassed() {
        stepUntil(TOO_SLOW, POLICY, 6);
        Reconciliation requested = state.reconciliation().orElseThrow();
        state = state.withoutRescale(
                requested.with(Phase.FAILED, START.plus(Duration.ofMinutes(6)), Optional.of("no such resource")));

        for (int minute = 7; minute < 36; minute++) {
            Hold hold = hold(step(TOO_SLOW, POLICY, Duration.ofMinutes(minute)));
            assertThat(hold.reason()).isEqualTo(HoldReason.TARGET_REFUSED);
            assertThat(hold.detail()).isEqualTo("no such resource, to be tried again at 2026-01-01T00:36:00Z");
            assertThat(hold.recommended()).isPresent();
        }
        assertThat(step(TOO_SLOW, POLICY, Duration.ofMinutes(36)).decision()).isInstanceOf(Rescale.class);
    }

    @Test
    void aRescaleThatNeverHappenedIsNotLearntFrom() {
        stepUntilNotReached();

        assertThat(state.history()).isEmpty();
        assertThat(state.restarts()).isEmpty();
    }

    @Test
    void aTargetThatIsReachedLateIsReached() {
        stepUntilNotReached();
        SteadyJob late = TOO_SLOW.rescaled(Map.of(id("work"), 8), START.plus(Duration.ofMinutes(20)));

        Step step = step(late, POLICY, Duration.ofMinutes(21));

        assertThat(events(step)).containsExactly(EventReason.RESCALE_COMPLETED);
        assertThat(state.reconciliation())
                .hasValueSatisfying(r -> assertThat(r.phase()).isEqualTo(Phase.RUNNING));
        assertThat(state.restarts()).as("a wait for slots is no restart time").isEmpty();
    }

    @Test
    void anotherTargetThanTheOneThatWasNotReachedIsDecided() {
        stepUntilNotReached();
        ScalingPolicy modest = policy(
                "stabilization.interval",
                "1 min",
                "metrics.window",
                "5 min",
                "utilization.target",
                "0.5",
                "vertex.max-parallelism",
                "6");

        Step step = step(TOO_SLOW, modest, Duration.ofMinutes(8));

        assertThat(step.decision())
                .isInstanceOfSatisfying(
                        Rescale.class,
                        rescale -> assertThat(rescale.plan().targets()).isEqualTo(Map.of(id("work"), 6)));
    }

    @Test
    void aTargetThatWasNotReachedIsAskedForAgainAfterARestart() {
        stepUntilNotReached();
        SteadyJob restarted = TOO_SLOW.rescaled(Map.of(), START.plus(Duration.ofMinutes(10)));
        for (int minute = 11; minute < 16; minute++) {
            step(restarted, POLICY, Duration.ofMinutes(minute));
        }

        assertThat(step(restarted, POLICY, Duration.ofMinutes(16)).decision()).isInstanceOf(Rescale.class);
    }

    @Test
    void aRescaleThatFlinkNeverHeardOfFailsAndIsDecidedAnew() {
        stepUntil(TOO_SLOW, POLICY, 6);

        Step step = step(TOO_SLOW, POLICY, Duration.ofMinutes(7));

        assertThat(events(step)).containsExactly(EventReason.RESCALE_FAILED, EventReason.SCALING_REPORT);
        assertThat(step.events().get(0).message()).contains("not reached: vertex work runs at 4 instead of 8");
        assertThat(step.decision()).isInstanceOf(Rescale.class);
    }

    @Test
    void aJobThatCameBackWithLessThanWasDecidedIsGivenTimeAndTold() {
        stepUntil(TOO_SLOW, POLICY, 6);
        SteadyJob partly = TOO_SLOW.rescaled(Map.of(id("work"), 6), START.plus(Duration.ofSeconds(370)));

        Hold hold = hold(step(partly.sample(START.plus(Duration.ofSeconds(380))), POLICY));

        assertThat(hold.reason()).isEqualTo(HoldReason.RESCALE_IN_PROGRESS);
        assertThat(hold.detail()).startsWith("the job has restarted, but vertex work runs at 6 instead of 8");
    }

    @Test
    void aRescaleThatIsReachedIsTimedFromTheDecisionToTheRestart() {
        stepUntil(TOO_SLOW, POLICY, 6);
        SteadyJob restarted = TOO_SLOW.rescaled(Map.of(id("work"), 8), START.plus(Duration.ofSeconds(372)));

        Step step = step(restarted.sample(START.plus(Duration.ofSeconds(380))), POLICY);

        assertThat(events(step)).containsExactly(EventReason.RESCALE_COMPLETED);
        assertThat(step.events().get(0).message()).contains("20 s after the decision");
        assertThat(state.reconciliation())
                .hasValueSatisfying(r -> assertThat(r.phase()).isEqualTo(Phase.RUNNING));
        assertThat(state.restarts())
                .singleElement()
                .satisfies(t -> assertThat(t.duration()).hasValue(Duration.ofSeconds(12)));
        assertThat(hold(step).reason()).isEqualTo(HoldReason.STABILIZING);
        assertThat(state.window().size()).isEqualTo(1);
    }

    @Test
    void aJobThatFlinkCannotRescaleGetsARecommendation() {
        Step step = stepUntil(TOO_SLOW.notRescalable(), POLICY, 6);

        assertThat(hold(step).reason()).isEqualTo(HoldReason.NOT_RESCALABLE);
        assertThat(hold(step).recommended())
                .hasValueSatisfying(plan -> assertThat(plan.targets()).isEqualTo(Map.of(id("work"), 8)));
        assertThat(events(step)).containsExactly(EventReason.NOT_RESCALABLE, EventReason.SCALING_REPORT);
        assertThat(step.events())
                .allSatisfy(event -> assertThat(event.mergeWithin()).isPresent());
        assertThat(step.events().get(0).message()).contains("jobmanager.scheduler: adaptive");
        assertThat(state.reconciliation()).isEmpty();
    }

    @Test
    void thatAJobCannotBeRescaledIsToldOnceThoughNothingWouldChange() {
        SteadyJob job = FITS.notRescalable();
        stepUntil(job, POLICY, 5);

        assertThat(events(step(job, POLICY, Duration.ofMinutes(6)))).containsExactly(EventReason.NOT_RESCALABLE);
        assertThat(events(step(job, POLICY, Duration.ofMinutes(7)))).isEmpty();
    }

    @Test
    void thatAJobCannotBeRescaledIsNoNewsToWhomDoesNotWantIt() {
        ScalingPolicy off =
                policy("stabilization.interval", "1 min", "metrics.window", "5 min", "scaling.enabled", "false");

        assertThat(events(stepUntil(FITS.notRescalable(), off, 6))).isEmpty();
    }

    @Test
    void aRepeatedAnswerOfFlinkIsNoSample() {
        SteadyJob job = TOO_SLOW.withTaskClock();
        step(job, POLICY, Duration.ofMinutes(1));
        JobSample repeated = at(job.sample(START.plus(Duration.ofMinutes(1))), START.plus(Duration.ofSeconds(70)));

        Step step = step(repeated, POLICY);

        assertThat(hold(step).reason()).isEqualTo(HoldReason.METRICS_STALE);
        assertThat(state.window().size()).isEqualTo(1);
        assertThat(state.standing())
                .hasValueSatisfying(standing -> assertThat(standing.reason())
                        .as("a single repeated answer is not how the job stands")
                        .isEqualTo("WINDOW_FILLING"));
    }

    @Test
    void metricsThatStayStaleAreHowTheJobStands() {
        SteadyJob job = TOO_SLOW.withTaskClock();
        step(job, POLICY, Duration.ofMinutes(1));
        Step step = step(at(job.sample(START.plus(Duration.ofMinutes(1))), START.plus(Duration.ofMinutes(3))), POLICY);

        assertThat(step.isPassing()).isFalse();
        assertThat(state.standing())
                .hasValueSatisfying(standing -> assertThat(standing.reason()).isEqualTo("METRICS_STALE"));
    }

    @Test
    void ratesAreOfTheTimeThatTheTasksRanNotOfTheRequests() {
        SteadyJob job = TOO_SLOW.withTaskClock();
        for (int minute = 1; minute <= 6; minute++) {
            Instant measured = START.plus(Duration.ofMinutes(minute));
            // the first answer came at once, all others 20 s late
            step(at(job.sample(measured), measured.plusSeconds(minute == 1 ? 0 : 20)), POLICY);
        }
        Hold hold = hold(step(at(job.sample(START.plusSeconds(400)), START.plusSeconds(400)), POLICY));

        assertThat(hold.reason()).isEqualTo(HoldReason.RESCALE_IN_PROGRESS);
        assertThat(hold.verdicts().get(0).targetRate().orElseThrow()).isEqualTo(1000);
    }

    @Test
    void anOlderSampleThanTheLastDoesNoHarm() {
        stepUntil(FITS, POLICY, 6);
        JobState before = state;

        Step step = step(FITS, POLICY, Duration.ofMinutes(5));

        assertThat(hold(step).reason()).isEqualTo(HoldReason.METRICS_STALE);
        assertThat(state.window()).isEqualTo(before.window());
    }

    @Test
    void aClockThatWasFarAheadIsForgiven() {
        stepUntil(FITS, POLICY, 6);
        step(FITS, POLICY, Duration.ofDays(365));

        Step step = step(FITS, POLICY, Duration.ofMinutes(7));

        assertThat(hold(step).reason()).isEqualTo(HoldReason.WINDOW_FILLING);
        assertThat(state.window().size()).isEqualTo(1);
    }

    @Test
    void aWindowOfOtherVerticesIsDropped() {
        stepUntil(FITS, POLICY, 6);
        SteadyJob other = SteadyJob.of(
                chain(vertex("source", 4), vertex("other", 4)), Map.of("source", 1000.0), Map.of("other", 300.0));

        step(other, POLICY, Duration.ofMinutes(7));

        assertThat(state.window().size()).isEqualTo(1);
        assertThat(state.window().vertices()).containsExactly(id("source"), id("other"));
    }

    @Test
    void aMissingMetricIsAnErrorOnceTheJobIsStable() {
        JobSample whole = FITS.sample(START.plus(Duration.ofMinutes(2)));
        JobSample broken = withoutBusyTime(whole);

        Step step = step(broken, POLICY);

        assertThat(hold(step).reason()).isEqualTo(HoldReason.METRICS_MISSING);
        assertThat(hold(step).detail()).isEqualTo("busyTimeMsPerSecond of source");
        assertThat(events(step)).containsExactly(EventReason.AUTOSCALER_ERROR);
    }

    @Test
    void aMissingMetricIsQuietWhileTheJobStabilizes() {
        JobSample whole = FITS.sample(START.plus(Duration.ofSeconds(20)));
        Step step = step(withoutBusyTime(whole), POLICY);

        assertThat(hold(step).reason()).isEqualTo(HoldReason.METRICS_NOT_READY);
        assertThat(step.events()).isEmpty();
    }

    @Test
    void aVertexThatIsAlwaysBusyIsNotScaledDown() {
        // reads 1000/s and is always busy with it, 900/s of which are an old lag: only 100/s arrive
        SteadyJob job = SteadyJob.of(
                chain(vertex("source", 10), vertex("sink", 2)),
                Map.of("source", 1000.0),
                Map.of("source", 100.0, "sink", 1000.0));
        ScalingPolicy policy =
                policy("stabilization.interval", "0 s", "metrics.window", "1 min", "catch-up.duration", "0 s");
        step(job.withLag(154_000).sample(START.plusSeconds(60)), policy);

        Step step = step(job.withLag(100_000).sample(START.plusSeconds(120)), policy);

        Verdict source = step.decision().verdicts().get(0);
        assertThat(source.targetRate()).hasValue(100);
        assertThat(source.rawParallelism()).isEqualTo(2);
        assertThat(source.newParallelism()).isEqualTo(10);
        assertThat(source.outcome()).isEqualTo(VertexOutcome.FULLY_BUSY);
    }

    @Test
    void oneIncompleteAnswerIsNotHowTheJobStands() {
        stepUntil(FITS, POLICY, 6);
        Sampling.NotReady notReady = new Sampling.NotReady("2 of 4 subtasks of work report");

        Step first = Autoscaler.hold(state, notReady, POLICY, START.plusSeconds(370));
        Step later = Autoscaler.hold(state, notReady, POLICY, START.plusSeconds(420));

        assertThat(hold(first).detail()).isEqualTo("2 of 4 subtasks of work report");
        assertThat(first.isPassing()).isTrue();
        assertThat(first.state()).isEqualTo(state);
        assertThat(later.isPassing()).isFalse();
        assertThat(later.state().standing()).map(Standing::reason).contains("METRICS_NOT_READY");
    }

    @Test
    void aDisabledJobIsNotTouched() {
        Step step = step(TOO_SLOW, policy("enabled", "false"), Duration.ofMinutes(1));

        assertThat(hold(step).reason()).isEqualTo(HoldReason.DISABLED);
    }

    @Test
    void memoryPressureHoldsAndSaysHowMuch() {
        ScalingPolicy strict = policy(
                "stabilization.interval", "1 min", "metrics.window", "5 min", "memory.heap-usage.threshold", "0.3");

        Step step = stepUntil(TOO_SLOW, strict, 6);

        assertThat(hold(step).reason()).isEqualTo(HoldReason.MEMORY_PRESSURE);
        assertThat(hold(step).detail()).isEqualTo("the heap is 40.0 % full on average, the limit is 30.0 %");
        assertThat(events(step)).containsExactly(EventReason.MEMORY_PRESSURE);
    }

    @Test
    void memoryIsAdvisedOnOnlyWhereThatIsAskedForAndOncePerInterval() {
        ScalingPolicy advised =
                policy("stabilization.interval", "1 min", "metrics.window", "5 min", "memory.tuning.enabled", "true");

        Step step = stepUntil(FITS, advised, 6);

        assertThat(step.events()).singleElement().satisfies(event -> {
            assertThat(event.reason()).isEqualTo(EventReason.MEMORY_RECOMMENDATION);
            assertThat(event.mergeWithin()).contains(Duration.ofMinutes(30));
        });
        assertThat(events(step(FITS, POLICY, Duration.ofMinutes(7)))).isEmpty();
    }

    @Test
    void aDelayedScaleDownTellsSinceWhenAndUntilWhen() {
        SteadyJob tooFast = SteadyJob.of(
                chain(vertex("source", 4), vertex("work", 40)),
                Map.of("source", 1000.0),
                Map.of("source", 500.0, "work", 250.0));
        ScalingPolicy delayed = policy(
                "stabilization.interval",
                "1 min",
                "metrics.window",
                "5 min",
                "utilization.target",
                "0.5",
                "scale-down.interval",
                "10 min");

        Hold hold = hold(stepUntil(tooFast, delayed, 7));

        assertThat(hold.reason()).isEqualTo(HoldReason.SCALE_DOWN_DELAYED);
        assertThat(hold.detail()).isEqualTo("work wishes 16 since 2026-01-01T00:06:00Z, due 2026-01-01T00:16:00Z");
    }

    private static JobSample at(JobSample sample, Instant at) {
        return new JobSample(
                at, sample.runningSince(), sample.graph(), sample.vertices(), sample.cluster(), sample.rescalable());
    }

    private static JobSample withoutBusyTime(JobSample sample) {
        return ChangedVertex.in(sample, 0, source -> source.withBusy(Optional.empty()));
    }
}
