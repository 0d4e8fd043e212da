package io.flinkyarn.autoscaler.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.state.EarlierRun;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps states and history in the database. A save is one transaction: the state under its version, the samples that came and went, and, where
 * there is something new to tell, the decision, its outcome, and the events.
 *
 * <p>It remembers what it saved last of each job, so that a save writes the difference and a quiet cycle reads nothing. The version protects
 * that memory: where another process has saved, the save fails before the memory is used.
 */
public final class JdbcAutoScalerStateStore implements AutoScalerStateStore {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcAutoScalerStateStore.class);
    private static final Duration REMEMBER_UNSEEN = Duration.ofHours(1);

    private final Database database;
    private final boolean storesEvents;
    private final String decidedBy;
    private final ConcurrentMap<JobKey, Saved> saved = new ConcurrentHashMap<>();

    /** What the database holds of a job. */
    private record Saved(long version, JobState state, LastDecision decision, Instant at) {}

    /** What belongs into the transaction besides the state. */
    private interface History {
        void write(Handle handle, long jobRunId, Saved before);
    }

    /**
     * The database is closed by whoever has opened it.
     *
     * @param storesEvents whether the events of a step become rows
     * @param decidedBy who decides, as people are to read it
     */
    public JdbcAutoScalerStateStore(Database database, boolean storesEvents, String decidedBy) {
        this.database = database;
        this.storesEvents = storesEvents;
        this.decidedBy = decidedBy;
    }

    @Override
    public Optional<Stored> load(JobKey job) throws StoreException {
        return read(job).map(found -> new Stored(found.state(), found.version()));
    }

    private Optional<Saved> read(JobKey job) throws StoreException {
        return database.transaction("load the state of job " + job, handle -> {
            Optional<StateRow> row = StateRow.find(handle, job);
            return row.isPresent() ? Optional.of(saved(handle, job, row.get())) : Optional.empty();
        });
    }

    private static Saved saved(Handle handle, JobKey job, StateRow row) throws StoreException {
        try {
            StateDocument document = StateDocument.parse(row.document());
            JobState state = document.state(SampleRows.read(handle, row.jobRunId()));
            return new Saved(row.version(), state, document.lastDecision(), Instant.EPOCH);
        } catch (JsonProcessingException e) {
            throw new StoreException(
                    "The saved state of job " + job + " cannot be read (" + e.getOriginalMessage()
                            + "): start the program that wrote it, or delete the row of job_state with job_run_id "
                            + row.jobRunId() + " and its rows of metric_sample to start the job anew",
                    e);
        }
    }

    /** A state that cannot be read is left alone: a job can do without what was learnt, and must not wait for it. */
    @Override
    public Optional<EarlierRun> earlier(JobAutoScalerContext job) throws StoreException {
        Optional<EarlierRunRow> row = database.transaction(
                "look for an earlier run of job " + job.key(),
                handle -> EarlierRunRow.find(handle, job.logicalJob(), job.key()));
        try {
            return row.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new EarlierRun(
                            row.get().key(),
                            StateDocument.parse(row.get().document()).state(List.of())));
        } catch (JsonProcessingException e) {
            LOG.warn(
                    "job {} begins anew: what its earlier run {} has left cannot be read ({})",
                    job.key(),
                    row.get().key(),
                    e.getOriginalMessage());
            return Optional.empty();
        }
    }

    @Override
    public long save(JobAutoScalerContext job, long version, Step step, Instant now)
            throws ConflictException, StoreException {
        LastDecision decision = LastDecision.of(step.decision());
        Optional<LastDecision> news = step.isPassing() ? Optional.empty() : Optional.of(decision);
        long next = write(job, version, step.state(), news, now, (handle, jobRunId, before) -> {
            if (news.isPresent() && (decision.isRescale() || !decision.equals(before.decision()))) {
                DecisionRows.insert(handle, jobRunId, step.decision(), decidedAt(step, now), decidedBy);
            }
            OutcomeColumns.update(
                    handle,
                    jobRunId,
                    before.state().reconciliation(),
                    step.state().reconciliation(),
                    now);
            if (storesEvents) {
                for (JobEvent event : step.events()) {
                    EventRows.add(handle, jobRunId, event, now);
                }
            }
        });
        if (decision.isRescale()) {
            database.flush("write a decision about job " + job.key() + " through to the disk");
        }
        return next;
    }

    private static Instant decidedAt(Step step, Instant now) {
        return step.decision()
                .<Optional<Reconciliation>>match(
                        hold -> Optional.empty(), rescale -> step.state().reconciliation())
                .map(Reconciliation::decidedAt)
                .orElse(now);
    }

    @Override
    public long saveOutcome(JobAutoScalerContext job, long version, JobState state, Instant now)
            throws ConflictException, StoreException {
        return write(
                job,
                version,
                state,
                Optional.empty(),
                now,
                (handle, jobRunId, before) -> OutcomeColumns.update(
                        handle, jobRunId, before.state().reconciliation(), state.reconciliation(), now));
    }

    private long write(
            JobAutoScalerContext job,
            long version,
            JobState state,
            Optional<LastDecision> decision,
            Instant now,
            History history)
            throws ConflictException, StoreException {
        long jobRunId = database.runs().idOf(job, now);
        Saved before = before(job.key(), version);
        LastDecision last = decision.orElse(before.decision());
        Saved after = database.transaction("save the state of job " + job.key(), handle -> {
            StateRow.replace(
                    handle, jobRunId, version, StateDocument.of(state, last).json(), now);
            SampleRows.replace(
                    handle,
                    jobRunId,
                    before.state().window().rows(),
                    state.window().rows());
            history.write(handle, jobRunId, before);
            return new Saved(version + 1, state, last, now);
        });
        saved.put(job.key(), after);
        return after.version();
    }

    /** Takes what is remembered; it comes back when the save has succeeded. */
    private Saved before(JobKey job, long version) throws ConflictException, StoreException {
        Saved remembered = saved.remove(job);
        if (remembered != null && remembered.version() == version) {
            return remembered;
        }
        if (version == 0) {
            return new Saved(0, JobState.NEW, LastDecision.NONE, Instant.EPOCH);
        }
        return read(job)
                .filter(found -> found.version() == version)
                .orElseThrow(() -> new ConflictException("another process has decided about job " + job + ": version "
                        + version + " of its state is no longer the latest"));
    }

    /** Forgets, in memory only, the jobs that were not saved for an hour. To be called now and then. */
    public void forgetUnseen(Instant now) {
        Instant unseen = now.minus(REMEMBER_UNSEEN);
        saved.values().removeIf(s -> s.at().isBefore(unseen));
    }

    @Override
    public void close() {}
}
