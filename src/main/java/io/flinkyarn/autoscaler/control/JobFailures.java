package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.ConflictException;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.JobView.Trouble;
import io.flinkyarn.autoscaler.control.JobView.Trouble.Cause;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The failures in a row of one job: what each means for the next cycles, and who is told. Belongs to one {@link JobTick}, and to its thread.
 */
final class JobFailures {

    private static final Logger LOG = LoggerFactory.getLogger(JobFailures.class);

    private final Ports ports;
    private Backoff backoff = Backoff.NONE;
    private Optional<Trouble> trouble = Optional.empty();

    /** The defect whose stack trace was logged last: the same one is not logged again. */
    private String knownDefect = "";

    JobFailures(Ports ports) {
        this.ports = ports;
    }

    /** Whether the job is left alone until a later cycle. */
    boolean isWaiting(Instant now) {
        return backoff.isWaiting(now);
    }

    /** From now on the job is not left alone: what has failed may be over. */
    void tryAtOnce() {
        backoff = Backoff.NONE;
    }

    /** Whether there was exactly one in a row. */
    boolean isFirst() {
        return backoff.failures() == 1;
    }

    /** Why the latest cycle failed; empty where it did not. */
    Optional<Trouble> trouble() {
        return trouble;
    }

    /** A cycle has gone through. */
    void none(JobAutoScalerContext job) {
        trouble.ifPresent(t -> LOG.info("{} is served again; it was not since {}", job.jobName(), t.since()));
        backoff = Backoff.NONE;
        trouble = Optional.empty();
    }

    void unreachable(JobAutoScalerContext job, UnreachableException why, Duration mergeWithin) {
        if (why.category() == Category.GONE) {
            // It has ended since it was listed. The next listing tells; until then there is nothing to say.
            LOG.debug("{}: {}", job.jobName(), why.getMessage());
            fail(Cause.GONE, why.getMessage());
            return;
        }
        Cause cause = cause(why.category());
        fail(cause, why.getMessage());
        tell(job, cause, why.getMessage(), mergeWithin);
    }

    void storeAway(JobAutoScalerContext job, StoreException why, Duration mergeWithin) {
        String message = why.getMessage() + "; the job is only observed until the store answers";
        // The window goes on meanwhile: no back-off, the samples would be missing.
        trouble(Cause.STORE, message, ports.clock().instant());
        tell(job, Cause.STORE, message, mergeWithin);
    }

    void conflict(JobAutoScalerContext job, ConflictException why, Duration mergeWithin) {
        String message = why.getMessage() + "; this cycle is dropped, the next one starts from the newer state";
        trouble(Cause.CONFLICT, message, ports.clock().instant());
        tell(job, Cause.CONFLICT, message, mergeWithin);
    }

    /** A defect of ours. It costs this job a cycle, and the others nothing. */
    void defect(JobAutoScalerContext job, Throwable defect, Duration mergeWithin) {
        String message = "the autoscaler failed with a defect of its own, " + defect
                + "; the job stays as it is. The log has the stack trace: please report it";
        StackTraceElement[] trace = defect.getStackTrace();
        String name = defect.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
        if (name.equals(knownDefect)) {
            LOG.debug("{} again", name);
        } else {
            LOG.error("defect of the autoscaler in a cycle of {}", job.jobName(), defect);
            knownDefect = name;
        }
        fail(Cause.DEFECT, message);
        tell(job, Cause.DEFECT, message, mergeWithin);
    }

    private static Cause cause(Category category) {
        return switch (category) {
            case NO_ANSWER -> Cause.NO_ANSWER;
            case NOT_FLINK -> Cause.NOT_FLINK;
            case REFUSED -> Cause.REFUSED;
            case GONE -> Cause.GONE;
            case MALFORMED -> Cause.MALFORMED;
        };
    }

    private void fail(Cause cause, String message) {
        Instant now = ports.clock().instant();
        backoff = backoff.failed(now, ports.interval());
        trouble(cause, message, backoff.until());
    }

    private void trouble(Cause cause, String message, Instant nextTry) {
        Instant since = trouble.map(Trouble::since).orElse(ports.clock().instant());
        trouble = Optional.of(new Trouble(cause, message, since, nextTry));
    }

    private void tell(JobAutoScalerContext job, Cause cause, String message, Duration mergeWithin) {
        JobEvent event = new JobEvent(
                EventType.WARNING, EventReason.AUTOSCALER_ERROR, cause.name(), message, Optional.of(mergeWithin));
        ports.events().handle(job, event, ports.clock().instant());
    }
}
