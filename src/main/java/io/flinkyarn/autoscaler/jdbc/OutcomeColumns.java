package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The columns of {@code decision} that say how far a rescale has come. */
final class OutcomeColumns {

    private static final String UPDATE = """
            UPDATE decision SET phase = :phase, phase_since = :phaseSince, phase_detail = :phaseDetail,
                requested_at = COALESCE(:requestedAt, requested_at),
                accepted_at = COALESCE(:acceptedAt, accepted_at),
                running_at = COALESCE(:runningAt, running_at),
                restart_ms = COALESCE(:runningAt - decided_at, restart_ms)
            WHERE job_run_id = :jobRunId AND decided_at = :decidedAt AND kind = 'EXECUTED'
            """;

    private static final String END = """
            UPDATE decision SET phase = :phase, phase_since = :phaseSince, phase_detail = :phaseDetail
            WHERE job_run_id = :jobRunId AND kind = 'EXECUTED' AND phase IN ('REQUESTED', 'ACCEPTED')
            """;

    private OutcomeColumns() {}

    /** Writes what has changed between two states of a job. A rescale that is still open when another one is decided ends here. */
    static void update(
            Handle handle,
            long jobRunId,
            Optional<Reconciliation> before,
            Optional<Reconciliation> after,
            Instant now) {
        if (before.equals(after)) {
            return;
        }
        before.filter(rescale -> rescale.phase().isOpen())
                .filter(rescale -> !after.map(Reconciliation::decidedAt).equals(Optional.of(rescale.decidedAt())))
                .map(rescale -> rescale.with(Phase.SUPERSEDED, now, Optional.of("a later decision took its place")))
                .ifPresent(rescale -> update(handle, jobRunId, rescale));
        after.ifPresent(rescale -> update(handle, jobRunId, rescale));
    }

    /** A rescale that is still open ends with its job run. The state of the run stays as it is: nobody asks for it but the next run. */
    static void end(Handle handle, long jobRunId, String how, Instant at) {
        handle.createUpdate(END)
                .bind("jobRunId", jobRunId)
                .bind("phase", Phase.JOB_ENDED.name())
                .bind("phaseSince", at.toEpochMilli())
                .bind("phaseDetail", Columns.cut("the job ended before it was seen to run so, " + how, 2000))
                .execute();
    }

    private static void update(Handle handle, long jobRunId, Reconciliation rescale) {
        Long since = rescale.since().toEpochMilli();
        Phase phase = rescale.phase();
        handle.createUpdate(UPDATE)
                .bind("jobRunId", jobRunId)
                .bind("decidedAt", rescale.decidedAt().toEpochMilli())
                .bind("phase", phase.name())
                .bind("phaseSince", since)
                .bind(
                        "phaseDetail",
                        rescale.detail()
                                .map(detail -> Columns.cut(detail, 2000))
                                .orElse(null))
                .bind("requestedAt", phase == Phase.REQUESTED ? since : null)
                .bind("acceptedAt", phase == Phase.ACCEPTED ? since : null)
                .bind("runningAt", phase == Phase.RUNNING ? since : null)
                .execute();
    }
}
