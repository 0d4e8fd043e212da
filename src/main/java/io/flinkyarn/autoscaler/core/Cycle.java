package io.flinkyarn.autoscaler.core;

import io.flinkyarn.autoscaler.core.decide.Decider;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.Proposal;
import io.flinkyarn.autoscaler.core.decide.RescalePlan;
import io.flinkyarn.autoscaler.core.decide.Restoration;
import io.flinkyarn.autoscaler.core.evaluate.Evaluation;
import io.flinkyarn.autoscaler.core.evaluate.MemoryPressure;
import io.flinkyarn.autoscaler.core.event.DecisionEvents;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.plugin.PluginFailure;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.resources.MemoryRecommendation;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.RescaleHistory;
import io.flinkyarn.autoscaler.core.state.RescaleProgress;
import io.flinkyarn.autoscaler.core.window.Intake;
import io.flinkyarn.autoscaler.core.window.JobMetric;
import io.flinkyarn.autoscaler.core.window.WindowPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first half of {@link Autoscaler#step}: what a sample says about a job, and every reason why that is not enough for a decision. Used by
 * one thread, for one step.
 */
final class Cycle {

    private final JobState state;
    private final JobSample sample;
    private final ScalingPolicy policy;
    private final Instant now;
    private final Optional<RescaleProgress.Waiting> waiting;
    private final boolean fullBefore;
    private final Intake intake;
    private final Assessment assessment;
    private final DecisionEvents tell;
    private final List<JobEvent> events;

    /** Follows the latest rescale, takes the sample into the window, and evaluates the window. */
    Cycle(JobState before, JobSample sample, ScalingPolicy policy, Instant now) {
        FollowUp followed = FollowUp.of(before, sample, policy, now);
        this.fullBefore = followed.state().window().latest(JobMetric.FULL) > 0;
        this.intake = Intake.of(followed.state().window(), sample, policy, now);
        this.state = followed.state().withWindow(intake.window());
        this.sample = sample;
        this.policy = policy;
        this.now = now;
        this.waiting = followed.waiting();
        this.assessment =
                intake instanceof Intake.Accepted ? Assessment.of(state, sample.graph(), policy, now) : Assessment.NONE;
        this.tell = new DecisionEvents(policy.eventInterval());
        this.events = new ArrayList<>(2);
        followed.news().ifPresent(events::add);
    }

    /**
     * Instead of waiting for rates, what was good in an earlier run of the job. As long as the job could have no full window of its own, and
     * unless it runs so already.
     */
    Optional<Approval> restore() {
        return state.toBeRestored()
                .filter(good -> policy.enabled() && policy.resubmission().restoreParallelism())
                .filter(good -> now.isBefore(restorableUntil(sample, policy)))
                .map(good -> Restoration.of(sample.graph(), good, policy))
                .filter(proposal -> proposal.plan().isPresent())
                .map(proposal -> new Approval(state, proposal, sample, policy, now, events));
    }

    /** When the job can have a full window of its own. */
    static Instant restorableUntil(JobSample sample, ScalingPolicy policy) {
        ScalingPolicy.Observation observation = policy.observation();
        return sample.runningSince().plus(observation.stabilization()).plus(observation.window());
    }

    Optional<Hold> notEnabled() {
        return policy.enabled()
                ? Optional.empty()
                : hold(HoldReason.DISABLED, "set job.autoscaler.enabled to change that");
    }

    Optional<Hold> rescaleUnderWay() {
        return waiting.flatMap(rescale -> hold(
                HoldReason.RESCALE_IN_PROGRESS,
                rescale.why() + ", waiting until " + Particulars.time(rescale.until())));
    }

    Optional<Hold> noNewSample() {
        return intake.match(
                accepted -> Optional.empty(),
                repeated -> hold(HoldReason.METRICS_STALE, repeated.why()),
                incomplete -> {
                    String metrics = String.join(", ", incomplete.metrics());
                    if (incomplete.stabilizing()) {
                        return hold(HoldReason.METRICS_NOT_READY, metrics);
                    }
                    events.add(tell.metricsMissing(incomplete.metrics()));
                    return hold(HoldReason.METRICS_MISSING, metrics);
                });
    }

    Optional<Hold> windowNotFull() {
        if (!(intake instanceof Intake.Accepted accepted)) {
            return Optional.empty();
        }
        String soFar = ", " + accepted.window().size() + " samples so far";
        if (accepted.phase() instanceof WindowPhase.Stabilizing stabilizing) {
            return hold(HoldReason.STABILIZING, "until " + Particulars.time(stabilizing.until()) + soFar);
        }
        if (accepted.phase() instanceof WindowPhase.Filling filling) {
            return hold(HoldReason.WINDOW_FILLING, "full at " + Particulars.time(filling.fullAt()) + soFar);
        }
        tellOfWhatCannotBe();
        return Optional.empty();
    }

    /** Whoever waits for a rescale that cannot be is told when the first one could have been, and again with each that could. */
    private void tellOfWhatCannotBe() {
        if (!fullBefore && policy.scalingEnabled() && !sample.rescalable()) {
            events.add(tell.notRescalable());
        }
    }

    Optional<Hold> evaluatorFailed() {
        return assessment.failure().map(this::failed);
    }

    Optional<Hold> ratesUnknown() {
        if (assessment.evaluation().isEmpty()) {
            return hold(
                    HoldReason.METRICS_NOT_READY,
                    "a rate needs two samples since the start of the job, or since a counter fell");
        }
        Evaluation evaluation = assessment.evaluation().get();
        JobGraph graph = sample.graph();
        for (int i = 0; i < graph.size(); i++) {
            if (graph.isSource(i) && evaluation.vertices().get(i).targetRate().isEmpty()) {
                String metric = "records received, or pendingRecords, of "
                        + graph.vertex(i).name();
                events.add(tell.metricsMissing(List.of(metric)));
                return hold(HoldReason.METRICS_MISSING, metric);
            }
        }
        return Optional.empty();
    }

    Optional<Hold> memoryPressure() {
        Optional<String> finding = MemoryPressure.in(intake.window().usable(), policy.memoryPressure());
        finding.ifPresent(f -> events.add(tell.memoryPressure(f)));
        return finding.flatMap(f -> hold(HoldReason.MEMORY_PRESSURE, f));
    }

    /** The second half: what the rates ask for, to be checked against what is allowed. */
    Approval propose() {
        Decider decider = new Decider(
                sample.graph(),
                policy,
                new RescaleHistory(state.history())
                        .within(policy.history(), now)
                        .byVertex(),
                state.pendingScaleDowns(),
                now);
        Proposal proposal = decider.decide(assessment.evaluation().orElseThrow());
        events.addAll(tell.notes(proposal));
        MemoryRecommendation.of(
                        intake.window().usable(),
                        sample.graph(),
                        () -> proposal.plan().map(RescalePlan::targets).orElse(Map.of()),
                        policy.memoryTuning(),
                        policy.quota().taskManager())
                .ifPresent(memory -> events.add(tell.memoryRecommendation(memory)));
        return new Approval(state.goodAt(sample.graph()), proposal, sample, policy, now, events);
    }

    /** A plugin that fails has said neither yes nor no. */
    Hold failed(PluginFailure failure) {
        events.add(tell.pluginFailed(failure));
        return new Hold(
                HoldReason.PLUGIN_FAILED,
                String.valueOf(failure.getMessage()),
                Optional.empty(),
                assessment.verdicts(sample.graph()));
    }

    /** The step, where it ends here. */
    Step end(Hold hold) {
        return Step.holding(state, hold, events, now);
    }

    private Optional<Hold> hold(HoldReason reason, String detail) {
        return Optional.of(new Hold(reason, detail, Optional.empty(), assessment.verdicts(sample.graph())));
    }
}
