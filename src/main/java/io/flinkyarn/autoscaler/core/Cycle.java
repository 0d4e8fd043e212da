package io.flinkyarn.autoscaler.core;

import io.flinkyarn.autoscaler.core.decide.Decider;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.Proposal;
import io.flinkyarn.autoscaler.core.decide.RescalePlan;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.core.evaluate.Evaluation;
import io.flinkyarn.autoscaler.core.evaluate.Evaluator;
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
import io.flinkyarn.autoscaler.core.state.RestartTimes;
import io.flinkyarn.autoscaler.core.window.Intake;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import io.flinkyarn.autoscaler.core.window.WindowPhase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first half of {@link Autoscaler#step}: what a sample says about a job, and every reason why that is not enough for a decision. Used by
 * one thread, for one step.
 */
final class Cycle {

    private static final Duration LEAST_PATIENCE = Duration.ofMinutes(1);

    private final JobState state;
    private final JobSample sample;
    private final ScalingPolicy policy;
    private final Instant now;
    private final RescaleProgress progress;
    private final Intake intake;
    private final Optional<Evaluation> evaluation;
    private final List<JobEvent> events;

    private Cycle(
            JobState state,
            JobSample sample,
            ScalingPolicy policy,
            Instant now,
            RescaleProgress progress,
            Intake intake,
            Optional<Evaluation> evaluation,
            List<JobEvent> events) {
        this.state = state;
        this.sample = sample;
        this.policy = policy;
        this.now = now;
        this.progress = progress;
        this.intake = intake;
        this.evaluation = evaluation;
        this.events = events;
    }

    /** Follows the latest rescale, takes the sample into the window, and evaluates the window. */
    static Cycle begin(JobState before, JobSample sample, ScalingPolicy policy, Instant now) {
        List<JobEvent> events = new ArrayList<>(2);
        RescaleProgress progress = RescaleProgress.of(before.reconciliation(), sample, patience(policy), now);
        JobState followed = follow(before, progress, new DecisionEvents(policy.eventInterval()), events);
        Intake intake = Intake.of(followed.window(), sample, policy, now);
        JobState state = followed.withWindow(intake.window());
        MetricsWindow usable = intake.window().usable();
        Optional<Evaluation> evaluation = intake instanceof Intake.Accepted && usable.size() > 1
                ? Optional.of(Evaluator.evaluate(sample.graph(), usable, policy, restartTime(state, policy, now)))
                : Optional.empty();
        return new Cycle(state, sample, policy, now, progress, intake, evaluation, events);
    }

    private static JobState follow(
            JobState state, RescaleProgress progress, DecisionEvents tell, List<JobEvent> events) {
        if (progress instanceof RescaleProgress.Completed done) {
            Instant decidedAt = done.reconciliation().decidedAt();
            // People are told when all subtasks were seen running, as in the history; the algorithm learns what Flink
            // calls RUNNING.
            events.add(tell.completed(
                    Duration.between(decidedAt, done.reconciliation().since())));
            return state.withReconciliation(done.reconciliation())
                    .withRestarts(new RestartTimes(state.restarts()).end(decidedAt, done.took()));
        }
        if (progress instanceof RescaleProgress.NotReached failed) {
            events.add(tell.failed(failed.reconciliation().detail().orElse("")));
            return state.withoutRescale(failed.reconciliation());
        }
        return state;
    }

    /** A rescale takes its restart time; who expects none still leaves Flink time to answer. */
    private static Duration patience(ScalingPolicy policy) {
        Duration expected = policy.restart().time();
        return expected.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : expected;
    }

    private static Duration restartTime(JobState state, ScalingPolicy policy, Instant now) {
        return new RestartTimes(state.restarts()).within(policy.history(), now).expected(policy.restart());
    }

    Optional<Hold> notEnabled() {
        return policy.enabled()
                ? Optional.empty()
                : hold(HoldReason.DISABLED, "set job.autoscaler.enabled to change that");
    }

    Optional<Hold> rescaleUnderWay() {
        return progress instanceof RescaleProgress.Waiting waiting
                ? hold(HoldReason.RESCALE_IN_PROGRESS, waiting.why() + ", waiting until " + time(waiting.until()))
                : Optional.empty();
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
                    events.add(tell().metricsMissing(incomplete.metrics()));
                    return hold(HoldReason.METRICS_MISSING, metrics);
                });
    }

    Optional<Hold> windowNotFull() {
        if (!(intake instanceof Intake.Accepted accepted)) {
            return Optional.empty();
        }
        String soFar = ", " + accepted.window().size() + " samples so far";
        if (accepted.phase() instanceof WindowPhase.Stabilizing stabilizing) {
            return hold(HoldReason.STABILIZING, "until " + time(stabilizing.until()) + soFar);
        }
        if (accepted.phase() instanceof WindowPhase.Filling filling) {
            return hold(HoldReason.WINDOW_FILLING, "full at " + time(filling.fullAt()) + soFar);
        }
        return Optional.empty();
    }

    Optional<Hold> ratesUnknown() {
        if (evaluation.isEmpty()) {
            return hold(
                    HoldReason.METRICS_NOT_READY,
                    "a rate needs two samples since the start of the job, or since a counter fell");
        }
        JobGraph graph = sample.graph();
        for (int i = 0; i < graph.size(); i++) {
            if (graph.isSource(i)
                    && evaluation.get().vertices().get(i).targetRate().isEmpty()) {
                String metric = "records received, or pendingRecords, of "
                        + graph.vertex(i).name();
                events.add(tell().metricsMissing(List.of(metric)));
                return hold(HoldReason.METRICS_MISSING, metric);
            }
        }
        return Optional.empty();
    }

    Optional<Hold> memoryPressure() {
        Optional<String> finding = MemoryPressure.in(intake.window().usable(), policy.memoryPressure());
        finding.ifPresent(f -> events.add(tell().memoryPressure(f)));
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
        Proposal proposal = decider.decide(evaluation.orElseThrow());
        events.addAll(tell().notes(proposal));
        MemoryRecommendation.of(
                        intake.window().usable(),
                        sample.graph(),
                        proposal.plan().map(RescalePlan::targets).orElse(Map.of()),
                        policy.memoryTuning(),
                        policy.quota().taskManager())
                .ifPresent(memory -> events.add(tell().memoryRecommendation(memory)));
        return new Approval(state, proposal, sample, policy, now, events);
    }

    /** A plugin that fails has said neither yes nor no. */
    Hold failed(PluginFailure failure) {
        events.add(tell().pluginFailed(failure));
        return new Hold(HoldReason.PLUGIN_FAILED, String.valueOf(failure.getMessage()), Optional.empty(), verdicts());
    }

    /** The step, where it ends here. */
    Step end(Hold hold) {
        return Step.holding(state, hold, events, now);
    }

    private DecisionEvents tell() {
        return new DecisionEvents(policy.eventInterval());
    }

    private Optional<Hold> hold(HoldReason reason, String detail) {
        return Optional.of(new Hold(reason, detail, Optional.empty(), verdicts()));
    }

    /** What is known of each vertex, before anything is decided. */
    private List<Verdict> verdicts() {
        if (evaluation.isEmpty()) {
            return List.of();
        }
        List<Verdict> verdicts = new ArrayList<>(sample.graph().size());
        for (int i = 0; i < sample.graph().size(); i++) {
            verdicts.add(Verdict.undecided(
                    sample.graph().vertex(i), evaluation.get().vertices().get(i), VertexOutcome.NOT_DECIDED));
        }
        return verdicts;
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
