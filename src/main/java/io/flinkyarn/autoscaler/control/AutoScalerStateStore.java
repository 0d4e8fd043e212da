package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.state.EarlierRun;
import io.flinkyarn.autoscaler.core.state.JobState;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps the state of every job, with the history of decisions and their outcomes. Called by many threads at once, but never for the same job
 * by one process; another process is told apart by the version.
 */
public interface AutoScalerStateStore extends AutoCloseable {

    /**
     * The state of a job; empty for one that was never saved.
     *
     * @throws StoreException if the store cannot be read
     */
    Optional<Stored> load(JobKey job) throws StoreException;

    /**
     * The run of the same logical job that was seen last, apart from this one; empty where there is none, or its state is not kept.
     *
     * @throws StoreException if the store cannot be read
     */
    Optional<EarlierRun> earlier(JobAutoScalerContext job) throws StoreException;

    /**
     * Saves what a step yielded, state, decision and events, all or nothing. A rescale becomes a row per changed vertex; a hold becomes a
     * row when its reason differs from the one before.
     *
     * <p>A step that does nothing but let the metrics window go on may be kept for some seconds before it is written, and a kill of the process
     * may lose that. A step with a decision, or with a rescale under way, is written when this returns.
     *
     * @param version of the state that the step started from; 0 for a job that was never saved
     * @return the version that guards the state from now on
     * @throws ConflictException if somebody else has saved a newer state in the meantime: nothing was written
     * @throws StoreException if the store cannot be written: nothing was written
     */
    long save(JobAutoScalerContext job, long version, Step step, Instant now) throws ConflictException, StoreException;

    /**
     * Saves how far the latest rescale has come, with the state that holds it.
     *
     * @return the new version
     */
    long saveOutcome(JobAutoScalerContext job, long version, JobState state, Instant now)
            throws ConflictException, StoreException;

    /** Since when the store does not answer; empty while it does. Then nothing can be decided. */
    default Optional<Absence> absence() {
        return Optional.empty();
    }

    @Override
    void close();

    /**
     * A time in which the store does not answer.
     *
     * @param why one line for people
     * @param waiting samples that will be written when it is back
     * @param lost samples that were given up since, as there were too many
     */
    record Absence(Instant since, String why, int waiting, long lost) {}

    /** A state, and the version that guards it. */
    record Stored(JobState state, long version) {}

    /** The store is away, or refused. The message is one line for people. */
    class StoreException extends Exception {
        private static final long serialVersionUID = 1L;

        public StoreException(String message) {
            super(message);
        }

        public StoreException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Another process has decided about the same job. */
    final class ConflictException extends Exception {
        private static final long serialVersionUID = 1L;

        public ConflictException(String message) {
            super(message);
        }
    }
}
