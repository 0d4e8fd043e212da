package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.Decision.Rescale;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes decisions to the log: a rescale with a line for each vertex that changes, a hold when its reason is another than before. */
final class DecisionLog {

    private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);

    /** The hold that was logged last; empty after a rescale. */
    private Optional<HoldReason> told = Optional.empty();

    void decided(JobAutoScalerContext job, Decision decision) {
        if (decision instanceof Hold hold) {
            held(job, hold);
        } else if (decision instanceof Rescale rescale) {
            rescaled(job, rescale);
        }
    }

    private void held(JobAutoScalerContext job, Hold hold) {
        String detail = hold.detail().isEmpty() ? "" : " | " + hold.detail();
        // Flink measures less often than it is asked: a stale sample comes and goes, and is no news.
        boolean news = hold.reason() != HoldReason.METRICS_STALE && !told.equals(Optional.of(hold.reason()));
        if (news) {
            LOG.info("hold {} | {}{}", job.jobName(), hold.reason().sentence(), detail);
            told = Optional.of(hold.reason());
        } else {
            LOG.debug("hold {} | {}{}", job.jobName(), hold.reason().sentence(), detail);
        }
    }

    private void rescaled(JobAutoScalerContext job, Rescale rescale) {
        rescale.verdicts().stream().filter(Verdict::changes).forEach(v -> LOG.info("rescale {} {}", job.jobName(), v));
        told = Optional.empty();
    }

    /** A state that an earlier process has left, or another one. */
    void continuing(JobAutoScalerContext job, JobState state) {
        LOG.info(
                "continues {} | {} | {} | {}",
                job.jobName(),
                samples(state),
                state.reconciliation().map(DecisionLog::rescale).orElse("no rescale so far"),
                state.standing()
                        .map(s -> "last decision " + s.reason() + " since " + s.since())
                        .orElse("no decision so far"));
    }

    private static String samples(JobState state) {
        var rows = state.window().rows();
        return rows.isEmpty()
                ? "no samples"
                : rows.size() + " samples since " + rows.get(0).at();
    }

    private static String rescale(Reconciliation rescale) {
        String target = rescale.target().size() + (rescale.target().size() == 1 ? " vertex" : " vertices");
        String kind = rescale.phase().isOpen() ? "open rescale" : "last rescale";
        return kind + " of " + target + " decided " + rescale.decidedAt() + ", " + rescale.phase();
    }
}
