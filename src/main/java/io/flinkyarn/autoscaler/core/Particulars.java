package io.flinkyarn.autoscaler.core;

import io.flinkyarn.autoscaler.core.decide.Proposal;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.core.state.PendingScaleDown;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** The particulars of a hold in words: which vertices, since when, until when. */
final class Particulars {

    private Particulars() {}

    /** Which scale-downs wait, and until when. */
    static String delays(Proposal proposal, Duration interval, Instant now) {
        return proposal.verdicts().stream()
                .filter(v -> v.outcome() == VertexOutcome.SCALE_DOWN_DELAYED)
                .map(v -> {
                    PendingScaleDown waiting = proposal.pendingScaleDowns().get(v.vertex());
                    Instant first = waiting == null ? now : waiting.firstWish();
                    return v.name() + " wishes " + v.alignedParallelism() + " since " + time(first) + ", due "
                            + time(first.plus(interval));
                })
                .collect(Collectors.joining("; "));
    }

    static String names(List<Verdict> verdicts) {
        return verdicts.stream().map(Verdict::name).collect(Collectors.joining(", "));
    }

    /** Why each of them stays as it is. */
    static String reasons(List<Verdict> verdicts) {
        return verdicts.stream()
                .map(v -> v.name() + ": " + v.outcome().sentence())
                .collect(Collectors.joining("; "));
    }

    /** What Flink was asked for, and does not have. */
    static String lacking(List<Verdict> verdicts, Reconciliation asked) {
        return verdicts.stream()
                        .filter(Verdict::changes)
                        .map(v -> "vertex " + v.name() + " runs at " + v.parallelism() + " instead of "
                                + v.newParallelism())
                        .collect(Collectors.joining(", "))
                + ", asked for at " + time(asked.decidedAt());
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
