package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Writes what need not be written at once, of all jobs together: samples in every interval; once a minute what was merely repeated, and what has
 * left the windows is deleted. A kill loses no more than that. One thread at a time may {@link #run} it.
 */
final class LateWrites {

    private static final Duration RARELY = Duration.ofMinutes(1);
    private static final Duration REMEMBER_EVENTS = Duration.ofHours(1);

    private final Database database;
    private final ConcurrentMap<JobKey, SavedJob> saved;
    private final SampleFlush samples;
    private final RecentEvents events;

    /** Shared by the transactions of single jobs; whole while samples are written, so that none comes after those of a later window. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** Up to when the samples of a job were deleted. */
    private final Map<JobKey, Instant> trimmed = new HashMap<>();

    /** When was written last what is written rarely. */
    private Instant rare = Instant.MIN;

    LateWrites(Database database, ConcurrentMap<JobKey, SavedJob> saved, SampleBuffer buffer, RecentEvents events) {
        this.database = database;
        this.saved = saved;
        this.samples = new SampleFlush(database, saved, buffer);
        this.events = events;
    }

    /** To be held while a transaction of one job is under way. */
    Lock ofOneJob() {
        return lock.readLock();
    }

    /**
     * Writes what waits.
     *
     * @param all also what is written rarely
     * @throws StoreException if the database is away; everything goes on waiting
     */
    void run(Instant now, boolean all) throws StoreException {
        if (database.away().isPresent()) {
            database.probe("ask the database", now, handle -> StateRow.versions(handle, List.of(0L)));
        }
        samples.run(lock.writeLock(), now);
        // A clock that was set back begins another minute, too.
        if (all || now.isBefore(rare) || !now.isBefore(rare.plus(RARELY))) {
            rare = now;
            renewDocuments(now);
            countEvents(now);
            trim(now);
        }
        database.answers();
    }

    /** Writes the documents that differ from those in the database in nothing that is essential. */
    private void renewDocuments(Instant now) throws StoreException {
        lock.writeLock().lock();
        try {
            Map<JobKey, StateDocument> changed = new HashMap<>();
            List<StateRow> rows = new ArrayList<>();
            saved.forEach((job, s) -> {
                StateDocument document = s.document();
                if (!document.equals(s.written())) {
                    changed.put(job, document);
                    rows.add(new StateRow(s.jobRunId(), s.version(), document.json()));
                }
            });
            if (rows.isEmpty()) {
                return;
            }
            database.probe("save states", now, handle -> {
                StateRow.renew(handle, rows, now);
                return rows;
            });
            changed.forEach((job, document) -> saved.computeIfPresent(job, (key, s) -> s.withWritten(document)));
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void countEvents(Instant now) throws StoreException {
        List<RecentEvents.Told> counts = events.unwritten();
        if (!counts.isEmpty()) {
            database.probe("count events", now, handle -> {
                EventRows.countUp(handle, counts);
                return counts;
            });
        }
        events.written(counts, now.minus(REMEMBER_EVENTS));
    }

    /** Deletes what has left the windows: one statement for all jobs whose windows begin in the same minute. */
    private void trim(Instant now) throws StoreException {
        trimmed.keySet().retainAll(saved.keySet());
        Map<Instant, Map<JobKey, Long>> byMinute = new TreeMap<>();
        saved.forEach((job, s) -> {
            MetricsWindow window = s.state().window();
            if (!window.isEmpty()) {
                Instant minute = window.rows().get(0).at().truncatedTo(ChronoUnit.MINUTES);
                if (minute.isAfter(trimmed.getOrDefault(job, Instant.MIN))) {
                    byMinute.computeIfAbsent(minute, key -> new HashMap<>()).put(job, s.jobRunId());
                }
            }
        });
        for (Map.Entry<Instant, Map<JobKey, Long>> same : byMinute.entrySet()) {
            lock.writeLock().lock();
            try {
                database.probe("delete old samples", now, handle -> {
                    SampleRows.deleteBefore(handle, same.getValue().values(), same.getKey());
                    return same;
                });
            } finally {
                lock.writeLock().unlock();
            }
            same.getValue().keySet().forEach(job -> trimmed.put(job, same.getKey()));
        }
    }
}
