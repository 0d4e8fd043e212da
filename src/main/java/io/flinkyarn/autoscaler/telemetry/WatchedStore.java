package io.flinkyarn.autoscaler.telemetry;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.state.EarlierRun;
import io.flinkyarn.autoscaler.core.state.JobState;
import java.time.Instant;
import java.util.Optional;

/** A state store whose times, failures and decisions are counted. Threads as the one behind it. */
final class WatchedStore implements AutoScalerStateStore {

    private final AutoScalerStateStore store;
    private final Counts counts;

    WatchedStore(AutoScalerStateStore store, Counts counts) {
        this.store = store;
        this.counts = counts;
    }

    /** A call of the store that only reads. */
    private interface Read<T> {
        T call() throws StoreException;
    }

    /** A call of the store that writes, and yields the next version. */
    private interface Write {
        long call() throws ConflictException, StoreException;
    }

    @Override
    public Optional<Stored> load(JobKey job) throws StoreException {
        return read("load", () -> store.load(job));
    }

    @Override
    public Optional<EarlierRun> earlier(JobAutoScalerContext job) throws StoreException {
        return read("earlier", () -> store.earlier(job));
    }

    @Override
    public long save(JobAutoScalerContext job, long version, Step step, Instant now)
            throws ConflictException, StoreException {
        long next = written("save", () -> store.save(job, version, step, now));
        counts.decided(job.key(), step);
        return next;
    }

    @Override
    public long saveOutcome(JobAutoScalerContext job, long version, JobState state, Instant now)
            throws ConflictException, StoreException {
        long next = written("save_outcome", () -> store.saveOutcome(job, version, state, now));
        counts.stands(job.key(), state);
        return next;
    }

    @Override
    public Optional<Absence> absence() {
        return store.absence();
    }

    @Override
    public void close() {
        store.close();
    }

    private <T> T read(String operation, Read<T> call) throws StoreException {
        long start = System.nanoTime();
        try {
            return call.call();
        } catch (StoreException e) {
            counts.storeFailed(operation, "AWAY");
            throw e;
        } finally {
            counts.storeTook(operation, System.nanoTime() - start);
        }
    }

    private long written(String operation, Write call) throws ConflictException, StoreException {
        long start = System.nanoTime();
        try {
            return call.call();
        } catch (ConflictException e) {
            counts.storeFailed(operation, "CONFLICT");
            throw e;
        } catch (StoreException e) {
            counts.storeFailed(operation, "AWAY");
            throw e;
        } finally {
            counts.storeTook(operation, System.nanoTime() - start);
        }
    }
}
