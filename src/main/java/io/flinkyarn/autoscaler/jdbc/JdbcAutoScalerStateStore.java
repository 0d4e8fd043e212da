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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps states and history in the database. A decision is one transaction: the state under its version, the samples of the job, the decision, its
 * outcome, and the events. A cycle that only observes writes nothing itself: its sample is written by {@link #flush}, with those of all jobs.
 *
 * <p>It remembers what it saved last of each job, so that a save writes the difference and a quiet cycle reads nothing. The version protects
 * that memory: where another process has saved, the save of a decision fails before the memory is used. The first save after a load is always written, and
 * so ends what another process may still believe.
 */
public final class JdbcAutoScalerStateStore implements AutoScalerStateStore {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcAutoScalerStateStore.class);

    private static final Duration REMEMBER_UNSEEN = Duration.ofHours(1);

    /** Of 1,000 jobs the windows of a quarter of an hour. */
    private static final int SAMPLES_KEPT = 100_000;

    private final Database database;
    private final boolean storesEvents;
    private final String decidedBy;
    private final ConcurrentMap<JobKey, SavedJob> saved = new ConcurrentHashMap<>();
    private final RecentEvents recentEvents = new RecentEvents();
    private final SampleBuffer buffer;
    private final LateWrites late;
    private final VersionedStates states;
    private final int samplesKept;

    /** When it was flushed last; guarded by this object. */
    private Instant flushed = Instant.EPOCH;

    /** How many samples had been given up when the database went away. */
    private volatile long lostBefore;

    /**
     * The database is closed by whoever has opened it.
     *
     * @param storesEvents whether the events of a step become rows
     * @param decidedBy who decides, as people are to read it
     */
    public JdbcAutoScalerStateStore(Database database, boolean storesEvents, String decidedBy) {
        this(database, storesEvents, decidedBy, SAMPLES_KEPT);
    }

    /** @param samplesKept how many samples wait at most while the database is away */
    JdbcAutoScalerStateStore(Database database, boolean storesEvents, String decidedBy, int samplesKept) {
        this.database = database;
        this.storesEvents = storesEvents;
        this.decidedBy = decidedBy;
        this.samplesKept = samplesKept;
        this.buffer = new SampleBuffer(samplesKept);
        this.late = new LateWrites(database, saved, buffer, recentEvents);
        this.states = new VersionedStates(database, saved, buffer, late);
    }

    @Override
    public Optional<Stored> load(JobKey job) throws StoreException {
        return states.load(job).map(found -> new Stored(found.state(), found.version()));
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
        if (onlyObserves(job, version, step, now)) {
            return version;
        }
        long jobRunId = database.runs().idOf(job, now);
        LastDecision decision = LastDecision.of(step.decision());
        Optional<LastDecision> news = step.isPassing() ? Optional.empty() : Optional.of(decision);
        Map<JobEvent, Long> events = new LinkedHashMap<>();
        SavedJob after = states.write(job.key(), jobRunId, version, step.state(), news, now, (handle, before) -> {
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
                step.events().forEach(event -> events.put(event, EventRows.add(handle, jobRunId, event, now)));
            }
        });
        events.forEach((event, id) -> recentEvents.written(jobRunId, event, id, now));
        if (decision.isRescale()) {
            database.flush("write a decision about job " + job.key() + " through to the disk");
        }
        return after.version();
    }

    /** Takes note of a step after which only the window is another, and nothing is under way. False for any other: it has to be written. */
    private boolean onlyObserves(JobAutoScalerContext job, long version, Step step, Instant now) throws StoreException {
        SavedJob before = saved.get(job.key());
        if (before == null || before.version() != version || isOpen(step.state())) {
            return false;
        }
        LastDecision decision = step.isPassing() ? before.decision() : LastDecision.of(step.decision());
        StateDocument document = StateDocument.of(step.state(), decision);
        List<JobEvent> events = storesEvents ? step.events() : List.of();
        Optional<List<Sample>> appended = Sample.appended(
                job.key(),
                before.jobRunId(),
                before.state().window(),
                step.state().window());
        if (appended.isEmpty()
                || !document.essential().equals(before.written().essential())
                || !recentEvents.areRepetitions(before.jobRunId(), events, now)) {
            return false;
        }
        recentEvents.count(before.jobRunId(), events, now);
        appended.get().forEach(buffer::add);
        saved.computeIfPresent(job.key(), (key, s) -> s.version() == version ? s.with(step.state(), decision, now) : s);
        return true;
    }

    /** Whether Flink is to be asked for something: before that, the version has to be seen to be the latest. */
    private static boolean isOpen(JobState state) {
        return state.reconciliation()
                .filter(rescale -> rescale.phase().isOpen())
                .isPresent();
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
        long jobRunId = database.runs().idOf(job, now);
        return states.write(
                        job.key(),
                        jobRunId,
                        version,
                        state,
                        Optional.empty(),
                        now,
                        (handle, before) -> OutcomeColumns.update(
                                handle, jobRunId, before.state().reconciliation(), state.reconciliation(), now))
                .version();
    }

    /**
     * Writes the samples that came in since the last call. To be called once per interval. While the database is away they go on waiting, and nothing
     * else is asked of it; the first call that succeeds ends that.
     */
    public synchronized void flush(Instant now) {
        flushed = now;
        Optional<Database.Away> before = database.away();
        try {
            late.run(now, false);
            if (before.isPresent()) {
                LOG.info(
                        "the database answers again; it was away since {}, {} samples were given up",
                        before.get().since(),
                        buffer.lost() - lostBefore);
            }
        } catch (StoreException e) {
            if (database.away().isEmpty()) {
                LOG.warn("{}; it is tried again", e.getMessage());
            } else if (before.isEmpty()) {
                lostBefore = buffer.lost();
                LOG.warn(
                        "{}; until the database answers, jobs are observed and nothing is decided, up to {} samples are kept",
                        e.getMessage(),
                        samplesKept);
            }
        }
    }

    @Override
    public Optional<Absence> absence() {
        return database.away()
                .map(away -> new Absence(away.since(), away.why(), buffer.size(), buffer.lost() - lostBefore));
    }

    /** Forgets, in memory only, the jobs that were not saved for an hour. To be called now and then. */
    public void forgetUnseen(Instant now) {
        Instant unseen = now.minus(REMEMBER_UNSEEN);
        saved.forEach((job, s) -> {
            if (s.at().isBefore(unseen) && saved.remove(job, s)) {
                buffer.take(job);
            }
        });
    }

    /** Writes what waits. */
    @Override
    public synchronized void close() {
        try {
            late.run(flushed, true);
        } catch (StoreException e) {
            LOG.warn("{}; {} samples are lost", e.getMessage(), buffer.size());
        }
    }
}
