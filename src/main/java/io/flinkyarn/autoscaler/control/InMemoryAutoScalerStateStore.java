package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.state.JobState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the state of every job until the process ends, and no history. For trying things out: after a restart each job begins with an
 * empty window. Any thread may call it.
 */
public final class InMemoryAutoScalerStateStore implements AutoScalerStateStore {

    private final Map<JobKey, Stored> states = new ConcurrentHashMap<>();

    @Override
    public Optional<Stored> load(JobKey job) {
        return Optional.ofNullable(states.get(job));
    }

    @Override
    public long save(JobAutoScalerContext job, long version, Step step, Instant now) throws ConflictException {
        return replace(job.key(), version, step.state());
    }

    @Override
    public long saveOutcome(JobAutoScalerContext job, long version, JobState state, Instant now)
            throws ConflictException {
        return replace(job.key(), version, state);
    }

    private synchronized long replace(JobKey job, long version, JobState state) throws ConflictException {
        long present = load(job).map(Stored::version).orElse(0L);
        if (present != version) {
            throw new ConflictException(
                    "the state of job " + job + " has version " + present + ", expected was " + version);
        }
        states.put(job, new Stored(state, version + 1));
        return version + 1;
    }

    @Override
    public void close() {}
}
