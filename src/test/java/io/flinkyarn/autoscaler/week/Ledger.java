package io.flinkyarn.autoscaler.week;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.Limit;
import io.flinkyarn.autoscaler.core.decide.RescalePlan;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.state.EarlierRun;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.testing.RecordingEventHandler.Handled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps a second set of books on everything that goes into the store: what the answers of the database are held against. */
final class Ledger implements AutoScalerStateStore {

    private final AutoScalerStateStore store;
    private final Map<JobKey, List<Rescale>> rescales = new HashMap<>();
    private final Map<JobKey, Told> told = new HashMap<>();
    private final List<Cut> cuts = new ArrayList<>();
    private final List<Handled> warnings = new ArrayList<>();

    /** A rescale, and how far it has come. */
    record Rescale(JobAutoScalerContext job, RescalePlan plan, Reconciliation progress) {

        Instant at() {
            return progress.decidedAt();
        }

        Phase phase() {
            return progress.phase();
        }

        boolean cameToRun() {
            return phase() == Phase.RUNNING;
        }

        /** From the decision until the job was seen to run so. */
        Duration took() {
            return Duration.between(at(), progress.since());
        }

        Rescale with(Reconciliation next) {
            return new Rescale(job, plan, next);
        }
    }

    /** A vertex that a limit kept from what it needs, in a decision that is worth a row. */
    record Cut(JobAutoScalerContext job, Limit limit, Verdict verdict) {}

    /** What was decided last. */
    private record Told(String reason, Map<VertexId, Integer> recommended) {

        static Told of(Decision decision) {
            return decision.match(
                    hold -> new Told(
                            hold.reason().name(),
                            hold.recommended().map(RescalePlan::targets).orElse(Map.of())),
                    rescale -> new Told("", Map.of()));
        }
    }

    Ledger(AutoScalerStateStore store) {
        this.store = store;
    }

    /** Of one run, in the order of the decisions. */
    List<Rescale> rescales(JobKey run) {
        return rescales.getOrDefault(run, List.of());
    }

    List<Rescale> rescales() {
        return rescales.values().stream().flatMap(List::stream).toList();
    }

    List<Cut> cuts() {
        return cuts;
    }

    /** Those that a step has told. */
    List<Handled> warnings() {
        return warnings;
    }

    /** Parallelism that is recommended to a job now, by vertex. */
    Map<VertexId, Integer> recommended(JobKey run) {
        return told.getOrDefault(run, new Told("", Map.of())).recommended();
    }

    @Override
    public Optional<Stored> load(JobKey job) throws StoreException {
        return store.load(job);
    }

    @Override
    public Optional<EarlierRun> earlier(JobAutoScalerContext job) throws StoreException {
        return store.earlier(job);
    }

    @Override
    public long save(JobAutoScalerContext job, long version, Step step, Instant now)
            throws ConflictException, StoreException {
        long next = store.save(job, version, step, now);
        step.events().stream()
                .filter(event -> event.type() == EventType.WARNING)
                .forEach(event -> warnings.add(new Handled(job, event)));
        if (!step.isPassing()) {
            decided(job, step);
        }
        came(job.key(), step.state().reconciliation(), now);
        return next;
    }

    private void decided(JobAutoScalerContext job, Step step) {
        Decision decision = step.decision();
        Told now = Told.of(decision);
        Told before = told.put(job.key(), now);
        Optional<RescalePlan> plan = decision.match(hold -> Optional.empty(), rescale -> Optional.of(rescale.plan()));
        if (plan.isEmpty() && now.equals(before)) {
            return;
        }
        decision.verdicts().stream()
                .filter(verdict -> verdict.limit() != Limit.NONE)
                .forEach(verdict -> cuts.add(new Cut(job, verdict.limit(), verdict)));
        plan.ifPresent(p -> rescales.computeIfAbsent(job.key(), key -> new ArrayList<>())
                .add(new Rescale(job, p, step.state().reconciliation().orElseThrow())));
    }

    @Override
    public long saveOutcome(JobAutoScalerContext job, long version, JobState state, Instant now)
            throws ConflictException, StoreException {
        long next = store.saveOutcome(job, version, state, now);
        came(job.key(), state.reconciliation(), now);
        return next;
    }

    /** One that is open when another begins has been superseded. */
    private void came(JobKey job, Optional<Reconciliation> latest, Instant now) {
        latest.ifPresent(progress -> rescales.getOrDefault(job, new ArrayList<>())
                .replaceAll(rescale -> {
                    if (rescale.at().equals(progress.decidedAt())) {
                        return rescale.with(progress);
                    }
                    return rescale.phase().isOpen()
                            ? rescale.with(rescale.progress().with(Phase.SUPERSEDED, now, Optional.empty()))
                            : rescale;
                }));
    }

    @Override
    public void close() {
        store.close();
    }
}
