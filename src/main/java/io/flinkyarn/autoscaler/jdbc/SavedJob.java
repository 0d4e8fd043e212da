package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.core.state.JobState;
import java.time.Instant;

/**
 * What the store was given last of a job, and what the database holds of it. Made by each save, so that the next one writes only the difference.
 *
 * @param version of the row of {@code job_state}
 * @param state as it was given; its latest samples may wait in the {@link SampleBuffer}
 * @param written the document in the database, which may lack what is not {@link StateDocument#essential}
 * @param at time of the save
 */
record SavedJob(long jobRunId, long version, JobState state, LastDecision decision, StateDocument written, Instant at) {

    /** A job of which all is written. */
    static SavedJob of(long jobRunId, long version, JobState state, LastDecision decision, Instant now) {
        return new SavedJob(jobRunId, version, state, decision, StateDocument.of(state, decision), now);
    }

    /** The document that the database is to hold in the end. */
    StateDocument document() {
        return StateDocument.of(state, decision);
    }

    /** Whether nobody has decided since. */
    boolean isOf(StateRow row) {
        return row.version() == version;
    }

    SavedJob with(JobState next, LastDecision latest, Instant now) {
        return new SavedJob(jobRunId, version, next, latest, written, now);
    }

    SavedJob withWritten(StateDocument document) {
        return new SavedJob(jobRunId, version, state, decision, document, at);
    }
}
