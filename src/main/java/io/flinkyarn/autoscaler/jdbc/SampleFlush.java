package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the samples that wait in the {@link SampleBuffer}, those of many jobs by one statement. Belongs to {@link LateWrites}, and to its thread. */
final class SampleFlush {

    private static final Logger LOG = LoggerFactory.getLogger(SampleFlush.class);

    private final Database database;
    private final ConcurrentMap<JobKey, SavedJob> saved;
    private final SampleBuffer buffer;

    SampleFlush(Database database, ConcurrentMap<JobKey, SavedJob> saved, SampleBuffer buffer) {
        this.database = database;
        this.saved = saved;
        this.buffer = buffer;
    }

    /** @param lock keeps the transactions of single jobs away while a statement is under way */
    void run(Lock lock, Instant now) throws StoreException {
        for (List<Sample> portion : Sample.portions(buffer.all())) {
            lock.lock();
            try {
                write(portion, now);
            } finally {
                lock.unlock();
            }
        }
    }

    private void write(List<Sample> samples, Instant now) throws StoreException {
        try {
            insert(samples, now);
        } catch (StoreException e) {
            if (!DatabaseProblem.isRefused(e)) {
                throw e;
            }
            for (List<Sample> ofJob :
                    samples.stream().collect(Collectors.groupingBy(Sample::job)).values()) {
                insertAnew(ofJob, now);
            }
        }
    }

    private void insert(List<Sample> samples, Instant now) throws StoreException {
        Map<JobKey, SavedJob> jobs = new HashMap<>(saved);
        jobs.keySet().retainAll(samples.stream().map(Sample::job).collect(Collectors.toSet()));
        Set<JobKey> current = database.probe("write samples", now, handle -> {
            Set<JobKey> unchanged = current(handle, jobs);
            SampleRows.insert(
                    handle,
                    samples.stream().filter(s -> unchanged.contains(s.job())).toList());
            return unchanged;
        });
        buffer.remove(samples);
        // About the others another process has decided: the next save finds that out.
        samples.stream().map(Sample::job).filter(job -> !current.contains(job)).forEach(saved::remove);
    }

    /** The jobs whose state in the database is still the one that was saved here last. */
    private static Set<JobKey> current(Handle handle, Map<JobKey, SavedJob> jobs) {
        if (jobs.isEmpty()) {
            return Set.of();
        }
        Map<Long, Long> versions = StateRow.versions(
                handle, jobs.values().stream().map(SavedJob::jobRunId).toList());
        return jobs.entrySet().stream()
                .filter(job -> versions.getOrDefault(job.getValue().jobRunId(), 0L)
                        == job.getValue().version())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Some are there already: a connection that broke hides whether its transaction was committed. */
    private void insertAnew(List<Sample> ofJob, Instant now) throws StoreException {
        try {
            database.probe("write samples of job " + ofJob.get(0).job(), now, handle -> {
                SampleRows.delete(handle, ofJob);
                SampleRows.insert(handle, ofJob);
                return ofJob;
            });
            buffer.remove(ofJob);
        } catch (StoreException e) {
            if (!DatabaseProblem.isRefused(e)) {
                throw e;
            }
            buffer.lose(ofJob);
            LOG.warn("{}; gives up {} samples", e.getMessage(), ofJob.size());
        }
    }
}
