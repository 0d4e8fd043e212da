package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.decide.RescalePlan;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.state.EarlierRun;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.testing.Audit;
import io.flinkyarn.autoscaler.testing.Declaration;
import io.flinkyarn.autoscaler.testing.ExecutedDecision;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A store in memory, for one job, with the history that a database would have. It writes late, as H2 does: what was saved since the latest
 * decision dies with the process, some of it or all. For one thread.
 */
final class LateWritingStore implements AutoScalerStateStore {

    /** What a reader would find. */
    private record Content(Optional<Stored> stored, List<ExecutedDecision> decisions, Map<String, Long> events) {}

    private final Deque<Content> commits = new ArrayDeque<>();

    LateWritingStore() {
        commits.push(new Content(Optional.empty(), List.of(), Map.of()));
    }

    private Content content() {
        return commits.getFirst();
    }

    /** How many saves can be lost now. */
    int notWritten() {
        return commits.size() - 1;
    }

    /** Loses the latest saves, and has written the others. */
    void lose(int saves) {
        for (int i = 0; i < saves; i++) {
            commits.pop();
        }
        write();
    }

    private void write() {
        while (commits.size() > 1) {
            commits.removeLast();
        }
    }

    Audit audit(String job, List<Declaration> declarations) {
        Map<String, Long> versions =
                content().stored().map(stored -> Map.of(job, stored.version())).orElse(Map.of());
        return new Audit(content().decisions(), versions, content().events(), declarations);
    }

    @Override
    public Optional<Stored> load(JobKey job) {
        return content().stored();
    }

    @Override
    public Optional<EarlierRun> earlier(JobAutoScalerContext job) {
        return Optional.empty();
    }

    @Override
    public long save(JobAutoScalerContext job, long version, Step step, Instant now) throws ConflictException {
        List<ExecutedDecision> decisions = new ArrayList<>(content().decisions());
        Optional<RescalePlan> plan =
                step.decision().match(hold -> Optional.empty(), rescale -> Optional.of(rescale.plan()));
        plan.ifPresent(p -> decisions.add(decision(job, p, now)));
        Map<String, Long> events = new HashMap<>(content().events());
        for (JobEvent event : step.events()) {
            events.merge(job.jobName() + " " + event.reason().text(), 1L, Long::sum);
        }
        long next = commit(version, step.state(), decisions, events);
        if (plan.isPresent()) {
            write();
        }
        return next;
    }

    private ExecutedDecision decision(JobAutoScalerContext job, RescalePlan plan, Instant now) {
        return new ExecutedDecision(
                job.jobName(),
                content().decisions().size() + 1,
                now.truncatedTo(ChronoUnit.MILLIS),
                Optional.of(Phase.REQUESTED),
                parallelism(plan, RescalePlan.Change::from),
                parallelism(plan, RescalePlan.Change::to));
    }

    private static Map<String, Integer> parallelism(RescalePlan plan, Function<RescalePlan.Change, Integer> which) {
        return plan.changes().stream()
                .collect(Collectors.toMap(change -> change.vertex().hex(), which));
    }

    @Override
    public long saveOutcome(JobAutoScalerContext job, long version, JobState state, Instant now)
            throws ConflictException {
        return commit(version, state, content().decisions(), content().events());
    }

    private long commit(long version, JobState state, List<ExecutedDecision> decisions, Map<String, Long> events)
            throws ConflictException {
        if (content().stored().map(Stored::version).orElse(0L) != version) {
            throw new ConflictException(
                    "version " + version + " is not the latest of " + content().stored());
        }
        List<ExecutedDecision> followed =
                decisions.stream().map(d -> followed(d, state.reconciliation())).toList();
        commits.push(new Content(Optional.of(new Stored(state, version + 1)), followed, Map.copyOf(events)));
        return version + 1;
    }

    private static ExecutedDecision followed(ExecutedDecision decision, Optional<Reconciliation> latest) {
        boolean isLatest = latest.map(Reconciliation::decidedAt).equals(Optional.of(decision.decidedAt()));
        if (isLatest) {
            return decision.with(latest.orElseThrow().phase());
        }
        return decision.isOpen() ? decision.with(Phase.SUPERSEDED) : decision;
    }

    @Override
    public void close() {}
}
