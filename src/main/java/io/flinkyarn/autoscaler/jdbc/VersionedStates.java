package io.flinkyarn.autoscaler.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.ConflictException;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import org.jdbi.v3.core.Handle;

/**
 * The states of the jobs in the database, each under its version, with their windows. Any thread may call it, but not two for the same job; the lock
 * keeps apart the transactions of single jobs and the late writes for all of them.
 */
final class VersionedStates {

    private final Database database;
    private final ConcurrentMap<JobKey, SavedJob> saved;
    private final SampleBuffer buffer;
    private final Lock lock;

    /** What belongs into the transaction besides the state. */
    interface History {
        void write(Handle handle, SavedJob before);
    }

    VersionedStates(Database database, ConcurrentMap<JobKey, SavedJob> saved, SampleBuffer buffer, LateWrites late) {
        this.database = database;
        this.saved = saved;
        this.buffer = buffer;
        this.lock = late.ofOneJob();
    }

    /** The state of a job as it was saved last, by whomever. What was remembered of it is forgotten: the next write makes sure of the version. */
    Optional<SavedJob> load(JobKey job) throws StoreException {
        lock.lock();
        try {
            SavedJob remembered = saved.remove(job);
            List<Sample> waiting = buffer.take(job);
            return database.transaction("load the state of job " + job, handle -> {
                if (remembered != null
                        && StateRow.find(handle, job).filter(remembered::isOf).isPresent()) {
                    SampleRows.insert(handle, waiting);
                }
                return find(handle, job);
            });
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts a state in the place of the one with this version, 0 standing for none.
     *
     * @param decision the latest one; empty: still the one before
     */
    SavedJob write(
            JobKey job,
            long jobRunId,
            long version,
            JobState state,
            Optional<LastDecision> decision,
            Instant now,
            History history)
            throws ConflictException, StoreException {
        lock.lock();
        try {
            // What is remembered comes back when the transaction has succeeded, and is read again otherwise.
            SavedJob remembered = saved.remove(job);
            List<Sample> waiting = buffer.take(job);
            boolean known = remembered != null && remembered.version() == version;
            SavedJob before = remembered != null && known ? remembered : stored(job, jobRunId, version);
            SavedJob after = SavedJob.of(jobRunId, version + 1, state, decision.orElse(before.decision()), now);
            database.transaction("save the state of job " + job, handle -> {
                StateRow.replace(handle, jobRunId, version, after.written().json(), now);
                writeWindow(handle, job, before, after, known ? waiting : List.of());
                history.write(handle, before);
                return after;
            });
            saved.put(job, after);
            return after;
        } finally {
            lock.unlock();
        }
    }

    private SavedJob stored(JobKey job, long jobRunId, long version) throws ConflictException, StoreException {
        if (version == 0) {
            return SavedJob.of(jobRunId, 0, JobState.NEW, LastDecision.NONE, Instant.EPOCH);
        }
        return database.transaction("load the state of job " + job, handle -> find(handle, job))
                .filter(found -> found.version() == version)
                .orElseThrow(() -> new ConflictException("another process has decided about job " + job + ": version "
                        + version + " of its state is no longer the latest"));
    }

    private static Optional<SavedJob> find(Handle handle, JobKey job) throws StoreException {
        Optional<StateRow> row = StateRow.find(handle, job);
        return row.isPresent() ? Optional.of(read(handle, job, row.get())) : Optional.empty();
    }

    private static SavedJob read(Handle handle, JobKey job, StateRow row) throws StoreException {
        try {
            StateDocument document = StateDocument.parse(row.document());
            JobState state = document.state(SampleRows.read(handle, row.jobRunId()));
            return SavedJob.of(row.jobRunId(), row.version(), state, document.lastDecision(), Instant.EPOCH);
        } catch (JsonProcessingException e) {
            throw new StoreException(
                    "The saved state of job " + job + " cannot be read (" + e.getOriginalMessage()
                            + "): start the program that wrote it, or delete the row of job_state with job_run_id "
                            + row.jobRunId() + " and its rows of metric_sample to start the job anew",
                    e);
        }
    }

    /** The window goes on by what came in, or another one takes its place. */
    private static void writeWindow(Handle handle, JobKey job, SavedJob before, SavedJob after, List<Sample> waiting) {
        long jobRunId = after.jobRunId();
        MetricsWindow window = after.state().window();
        Optional<List<Sample>> appended =
                Sample.appended(job, jobRunId, before.state().window(), window);
        if (appended.isPresent()) {
            SampleRows.insert(handle, waiting);
            SampleRows.insert(handle, appended.get());
        } else {
            SampleRows.deleteAll(handle, jobRunId);
            SampleRows.insert(handle, Sample.all(job, jobRunId, window));
        }
    }
}
