package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.event.EventText;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Standing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes decisions to the log: a rescale with a line for each vertex that changes, a hold when its reason is another than before. */
final class DecisionLog {

    private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);

    /** The reason of the standing that was logged last; empty at first. */
    private String told = "";

    /** @param standing how the job stands since this decision; one that only passes leaves it as it was, and is no news */
    void decided(JobAutoScalerContext job, Decision decision, Standing standing) {
        boolean rescale = decision.match(hold -> false, plan -> true);
        boolean news = rescale || !standing.reason().equals(told);
        told = standing.reason();
        for (String line : EventText.lines(decision)) {
            if (news) {
                LOG.info("{} {} | {}", rescale ? "rescale" : "hold", job.jobName(), line);
            } else {
                LOG.debug("hold {} | {}", job.jobName(), line);
            }
        }
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
