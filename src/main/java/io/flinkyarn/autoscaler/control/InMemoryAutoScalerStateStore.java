package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.state.EarlierRun;
import io.flinkyarn.autoscaler.core.state.JobState;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the state of every job until the process ends, and no history. For trying things out: after a restart each job begins with an
 * empty window. Any thread may call it.
 */
public final class InMemoryAutoScalerStateStore implements AutoScalerStateStore {

    private final Map<JobKey, Kept> states = new ConcurrentHashMap<>();

    private record Kept(Stored stored, JobAutoScalerContext job, Instant at) {}

    @Override
    public Optional<Stored> load(JobKey job) {
        return Optional.ofNullable(states.get(job)).map(Kept::stored);
    }

    @Override
    public Optional<EarlierRun> earlier(JobAutoScalerContext job) {
        return states.values().stream()
                .filter(kept -> !kept.job().key().equals(job.key()))
                .filter(kept -> kept.job().logicalJob().equals(job.logicalJob()))
                .max(Comparator.comparing(Kept::at))
                .map(kept ->
                        new EarlierRun(kept.job().key(), kept.stored().state().withoutSamples()));
    }

    @Override
    public long save(JobAutoScalerContext job, long version, Step step, Instant now) throws ConflictException {
        return replace(job, version, step.state(), now);
    }

    @Override
    public long saveOutcome(JobAutoScalerContext job, long version, JobState state, Instant now)
            throws ConflictException {
        return replace(job, version, state, now);
    }

    private synchronized long replace(JobAutoScalerContext job, long version, JobState state, Instant now)
            throws ConflictException {
        long present = load(job.key()).map(Stored::version).orElse(0L);
        if (present != version) {
            throw new ConflictException(
                    "the state of job " + job.key() + " has version " + present + ", expected was " + version);
        }
        states.put(job.key(), new Kept(new Stored(state, version + 1), job, now));
        return version + 1;
    }

    @Override
    public void close() {}
}
