package io.flinkyarn.autoscaler.core;

import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.Decision.Rescale;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.Proposal;
import io.flinkyarn.autoscaler.core.decide.RescalePlan;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.core.event.DecisionEvents;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.ExcludedPeriods.Period;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.resources.ClusterRoom;
import io.flinkyarn.autoscaler.core.resources.ResourceQuota;
import io.flinkyarn.autoscaler.core.sample.Clearance;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The second half of {@link Autoscaler#step}: whether what was proposed is done now, and every reason why it is not. Used by one thread,
 * for one step.
 */
final class Approval {

    private final JobState state;
    private Proposal proposal;
    private final JobSample sample;
    private final ScalingPolicy policy;
    private final Instant now;
    private final List<JobEvent> events;
    private final DecisionEvents tell;
    private Optional<RescalePlan> plan;

    /** @param events of the step so far; the approval adds to them */
    Approval(
            JobState state,
            Proposal proposal,
            JobSample sample,
            ScalingPolicy policy,
            Instant now,
            List<JobEvent> events) {
        this.state = state;
        this.proposal = proposal;
        this.sample = sample;
        this.policy = policy;
        this.now = now;
        this.events = events;
        this.tell = new DecisionEvents(policy.eventInterval());
        this.plan = proposal.plan();
    }

    Optional<Decision> nothingToChange() {
        if (plan.isPresent()) {
            return Optional.empty();
        }
        if (any(VertexOutcome.SCALE_DOWN_DELAYED)) {
            return hold(
                    HoldReason.SCALE_DOWN_DELAYED,
                    Particulars.delays(proposal, policy.limits().scaleDownInterval(), now));
        }
        if (any(VertexOutcome.INEFFECTIVE)) {
            return hold(HoldReason.INEFFECTIVE, Particulars.names(proposal.ineffective()));
        }
        List<Verdict> outside =
                proposal.verdicts().stream().filter(Verdict::outsideBand).toList();
        return outside.isEmpty()
                ? hold(HoldReason.WITHIN_BAND, "")
                : hold(HoldReason.NO_CHANGE, Particulars.reasons(outside));
    }

    Optional<Decision> insideBand() {
        return proposal.justified() ? Optional.empty() : hold(HoldReason.WITHIN_BAND, "");
    }

    Optional<Decision> switchedOff() {
        if (policy.scalingEnabled()) {
            return Optional.empty();
        }
        return policy.modeCap().isPresent()
                ? recommend(HoldReason.MODE_CAPPED, policy.modeCap().get())
                : recommend(HoldReason.SCALING_DISABLED, "job.autoscaler.scaling.enabled is false");
    }

    Optional<Decision> excludedPeriod() {
        return policy.excludedPeriods()
                .covering(now)
                .map(Period::expression)
                .flatMap(period -> recommend(HoldReason.EXCLUDED_PERIOD, period));
    }

    Optional<Decision> notRescalable() {
        if (sample.rescalable()) {
            return Optional.empty();
        }
        JobEvent cannot = tell.notRescalable();
        if (!events.contains(cannot)) {
            events.add(cannot);
        }
        return recommend(HoldReason.NOT_RESCALABLE, "set jobmanager.scheduler: adaptive, on Flink 1.18 or later");
    }

    Optional<Decision> sessionNotEnabled() {
        return clearance() instanceof Clearance.SessionNotEnabled session
                ? recommend(
                        HoldReason.SESSION_NOT_ENABLED,
                        session.why() + "; set job.autoscaler.session.enabled: true to have it rescaled there")
                : Optional.empty();
    }

    Optional<Decision> sessionBusy() {
        return clearance() instanceof Clearance.SessionBusy session
                ? Optional.of(new Hold(HoldReason.SESSION_BUSY, session.why(), plan, proposal.verdicts()))
                : Optional.empty();
    }

    /** Where not all of the plan fits, it is cut to what does, if that is allowed and still worth a restart. */
    Optional<Decision> noRoom() {
        if (!(clearance() instanceof Clearance.Room room)) {
            return Optional.empty();
        }
        Map<VertexId, Integer> wanted = plan.orElseThrow().targets();
        Optional<String> finding = ClusterRoom.lacking(sample.graph(), wanted, room);
        if (finding.isPresent() && policy.sharing().cut()) {
            Proposal cut = proposal.cut(ClusterRoom.cut(sample.graph(), wanted, room.slots()));
            if (cut.isWorthIt()) {
                events.add(tell.cut(finding.get()));
                proposal = cut;
                plan = cut.plan();
                return Optional.empty();
            }
        }
        finding.ifPresent(f -> events.add(tell.noRoom(f)));
        return finding.map(f -> new Hold(HoldReason.NO_ROOM, f, plan, proposal.verdicts()));
    }

    Optional<Decision> quotaReached() {
        Optional<String> finding =
                ResourceQuota.exceeded(sample.graph(), plan.orElseThrow().targets(), policy.quota());
        finding.ifPresent(f -> events.add(tell.quotaReached(f)));
        return finding.map(f -> new Hold(HoldReason.QUOTA_REACHED, f, plan, proposal.verdicts()));
    }

    /** Scaling executors may refuse the plan or change it; what they make of it has to find room, and to respect the quotas, too. */
    Optional<Decision> executorsRefuse() {
        Executors asked = Executors.ask(policy.plugins().executors(), proposal, policy.limits(), now);
        if (asked.refused().isPresent()) {
            Executors.Refusal refusal = asked.refused().get();
            events.add(tell.vetoed(refusal.executor(), refusal.why()));
            String detail = refusal.executor() + ": " + refusal.why();
            return Optional.of(new Hold(HoldReason.VETOED, detail, plan, proposal.verdicts()));
        }
        if (asked.proposal().equals(proposal)) {
            return Optional.empty();
        }
        proposal = asked.proposal();
        plan = proposal.plan();
        return noRoom().or(this::quotaReached);
    }

    /**
     * Flink keeps what it was asked for and takes the slots when there are any, so asking again changes nothing. Unless the job has restarted
     * since: then Flink may have lost it.
     */
    Optional<Decision> targetNotReached() {
        return askedBefore(Phase.NOT_REACHED).map(asked -> {
            String finding = Particulars.lacking(proposal.verdicts(), asked);
            events.add(tell.failed(finding));
            String detail = finding + ": it takes free slots, or a lower vertex.max-parallelism";
            return new Hold(HoldReason.TARGET_NOT_REACHED, detail, plan, proposal.verdicts());
        });
    }

    /** What Flink has refused it would refuse again a moment later. It is tried again now and then, as what was wrong may have been mended. */
    Optional<Decision> targetRefused() {
        return askedBefore(Phase.FAILED)
                // one that fails in this very step was never heard by Flink, and may be decided anew
                .filter(refused -> refused.since().isBefore(now))
                .map(refused -> refused.since().plus(policy.eventInterval()))
                .filter(now::isBefore)
                .map(again -> {
                    String detail =
                            state.reconciliation().orElseThrow().detail().orElse("without a cause")
                                    + ", to be tried again at " + again.truncatedTo(ChronoUnit.SECONDS);
                    return new Hold(HoldReason.TARGET_REFUSED, detail, plan, proposal.verdicts());
                });
    }

    /** The latest rescale, where it is in this phase, the job has not restarted since, and it asked for all that is planned now. */
    private Optional<Reconciliation> askedBefore(Phase phase) {
        return state.reconciliation()
                .filter(asked -> asked.phase() == phase)
                .filter(asked -> !sample.runningSince().isAfter(asked.since()))
                .filter(asked -> asked.target()
                        .entrySet()
                        .containsAll(plan.orElseThrow().targets().entrySet()));
    }

    Decision rescale() {
        if (clearance() instanceof Clearance.RoomUnknown unknown) {
            events.add(tell.roomUnknown(unknown.why()));
        }
        events.add(tell.rescaling(proposal.trigger(), proposal.verdicts()));
        return new Rescale(plan.orElseThrow(), proposal.verdicts(), proposal.trigger());
    }

    /** The step, with what is to be remembered of the decision. */
    Step end(Decision decision) {
        return decision.match(
                hold -> Step.holding(
                        state.withPendingScaleDowns(proposal.pendingScaleDowns()),
                        hold.by(proposal.trigger()),
                        events,
                        now),
                rescale -> new Step(Remembered.of(rescale, state, policy, now), rescale, events));
    }

    private Clearance clearance() {
        return sample.cluster().clearance();
    }

    private Optional<Decision> hold(HoldReason reason, String detail) {
        return Optional.of(new Hold(reason, detail, Optional.empty(), proposal.verdicts()));
    }

    /** A hold that says what would be done. */
    private Optional<Decision> recommend(HoldReason reason, String detail) {
        events.add(tell.recommending(plan.orElseThrow(), proposal.verdicts()));
        return Optional.of(new Hold(reason, detail, plan, proposal.verdicts()));
    }

    private boolean any(VertexOutcome outcome) {
        return proposal.verdicts().stream().anyMatch(v -> v.outcome() == outcome);
    }
}
