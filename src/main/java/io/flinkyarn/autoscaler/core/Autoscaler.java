package io.flinkyarn.autoscaler.core;

import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.event.DecisionEvents;
import io.flinkyarn.autoscaler.core.plugin.PluginFailure;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.Sampling;
import io.flinkyarn.autoscaler.core.state.EarlierRun;
import io.flinkyarn.autoscaler.core.state.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The decision about one job. The model is that of FLIP-271, which goes back to DS2 (Kalavri et al., OSDI 2018): measure the true processing
 * rate of every vertex, carry the rates of the sources through the job graph, and pick the parallelism at which each vertex runs at its
 * target utilization.
 */
public final class Autoscaler {

    private Autoscaler() {}

    /**
     * Takes one sample of a job through window, evaluation and decision. Each stage either ends the cycle with a reason to leave the job as
     * it is, or passes it on; what passes all of them is a rescale. A job that was submitted anew need not wait for its rates, where what was
     * good before is to be restored.
     */
    public static Step step(JobState state, JobSample sample, ScalingPolicy policy, Instant now) {
        Cycle cycle = new Cycle(state, sample, policy, now);
        try {
            return cycle.restore().map(Autoscaler::decide).orElseGet(() -> measure(cycle));
        } catch (PluginFailure e) {
            return cycle.end(cycle.failed(e));
        }
    }

    private static Step measure(Cycle cycle) {
        Optional<Hold> wait = cycle.notEnabled()
                .or(cycle::rescaleUnderWay)
                .or(cycle::noNewSample)
                .or(cycle::windowNotFull)
                .or(cycle::evaluatorFailed)
                .or(cycle::ratesUnknown)
                .or(cycle::memoryPressure);
        return wait.isPresent() ? cycle.end(wait.get()) : decide(cycle.propose());
    }

    /** The step of a run about which nothing is known, but about an earlier run of the same job: it begins with what was learnt then. */
    public static Step firstStep(
            EarlierRun earlier, JobState blank, JobSample sample, ScalingPolicy policy, Instant now) {
        JobState learnt = earlier.handDown(blank, sample.graph());
        Step step = step(learnt, sample, policy, now);
        if (learnt.equals(blank)) {
            return step;
        }
        // Found late: the cluster is listed too rarely, or the daemon was down.
        Optional<Instant> tooLate = Optional.of(Cycle.restorableUntil(sample, policy))
                .filter(until -> policy.resubmission().restoreParallelism())
                .filter(until -> learnt.toBeRestored().isPresent() && !now.isBefore(until));
        return step.telling(
                new DecisionEvents(policy.eventInterval()).learned(earlier, sample.graph(), learnt, tooLate));
    }

    private static Step decide(Approval approval) {
        Decision decision = approval.nothingToChange()
                .or(approval::insideBand)
                .or(approval::switchedOff)
                .or(approval::excludedPeriod)
                .or(approval::notRescalable)
                .or(approval::sessionNotEnabled)
                .or(approval::sessionBusy)
                .or(approval::noRoom)
                .or(approval::quotaReached)
                .or(approval::executorsRefuse)
                .or(approval::targetNotReached)
                .or(approval::targetRefused)
                .orElseGet(approval::rescale);
        return approval.end(decision);
    }

    /** A cycle without a sample: nothing is decided, and it is said why. */
    public static Step hold(JobState state, Sampling.NotReady sampling, ScalingPolicy policy, Instant now) {
        Hold hold = Hold.because(policy.enabled() ? HoldReason.METRICS_NOT_READY : HoldReason.DISABLED, sampling.why());
        return Step.holding(state, hold, List.of(), now);
    }
}
