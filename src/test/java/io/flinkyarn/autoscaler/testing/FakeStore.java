package io.flinkyarn.autoscaler.testing;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore;
import io.flinkyarn.autoscaler.control.InMemoryAutoScalerStateStore;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.state.EarlierRun;
import io.flinkyarn.autoscaler.core.state.JobState;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store in memory that can be taken away, and that writes down every call in the {@link Journal}. */
public final class FakeStore implements AutoScalerStateStore {

    private final InMemoryAutoScalerStateStore memory = new InMemoryAutoScalerStateStore();
    private final Journal journal;
    private volatile boolean away;

    public FakeStore(Journal journal) {
        this.journal = journal;
    }

    /** Whether the store answers with an error from now on. */
    public void setAway(boolean next) {
        away = next;
    }

    /** Saves a state as another process would: behind the back of the one under test. */
    public void put(JobAutoScalerContext job, JobState state) throws ConflictException {
        long version = memory.load(job.key()).map(Stored::version).orElse(0L);
        Step step = new Step(state, Decision.Hold.because(HoldReason.WINDOW_FILLING, ""), List.of());
        memory.save(job, version, step, Instant.EPOCH);
    }

    /** The state as it is stored now. */
    public Optional<JobState> state(JobAutoScalerContext job) {
        return memory.load(job.key()).map(Stored::state);
    }

    @Override
    public Optional<Stored> load(JobKey job) throws StoreException {
        refuseIfAway();
        return memory.load(job);
    }

    @Override
    public Optional<EarlierRun> earlier(JobAutoScalerContext job) throws StoreException {
        refuseIfAway();
        return memory.earlier(job);
    }

    @Override
    public long save(JobAutoScalerContext job, long version, Step step, Instant now)
            throws ConflictException, StoreException {
        journal.add("save", job);
        refuseIfAway();
        return memory.save(job, version, step, now);
    }

    @Override
    public long saveOutcome(JobAutoScalerContext job, long version, JobState state, Instant now)
            throws ConflictException, StoreException {
        journal.add("saveOutcome", job);
        refuseIfAway();
        return memory.saveOutcome(job, version, state, now);
    }

    private void refuseIfAway() throws StoreException {
        if (away) {
            throw new StoreException("the database does not answer", new IOException("connection refused"));
        }
    }

    @Override
    public void close() {}
}
