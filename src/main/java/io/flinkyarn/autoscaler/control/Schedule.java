package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Says which jobs are to be started on now. Each job has its own moment within the interval, the same in every cycle and after every restart, so
 * that the requests of many jobs are spread. A job that is still being worked on when its moment comes skips that cycle; nothing queues.
 *
 * <p>It starts no threads and reads no clock. Any thread may call it; all fields are guarded by this object.
 */
final class Schedule {

    private final Duration interval;
    private final int parallelism;
    private final Map<JobKey, Turn> turns = new HashMap<>();
    private final Set<JobKey> running = new HashSet<>();
    private boolean stopped;

    /**
     * When a job had its turn.
     *
     * @param offset of its moment from the start of the interval, ms
     * @param cycle number of the latest cycle that it has begun, skipped, or was too late for
     * @param started when it was started on last; empty before the first time
     */
    private record Turn(long offset, long cycle, Optional<Instant> started) {}

    /**
     * A job to start on.
     *
     * @param late how long ago its moment was
     * @param skipped how many moments before that have passed without a start
     */
    record Due(JobKey job, Duration late, long skipped) {}

    /**
     * @param interval of the cycles of one job
     * @param parallelism how many jobs may be worked on at once, at least 1
     */
    Schedule(Duration interval, int parallelism) {
        this.interval = interval;
        this.parallelism = parallelism;
    }

    /** Takes up a job, unless it is there already. Its first turn is its next moment. */
    synchronized void add(JobKey job, Instant now) {
        long offset = Math.floorMod(spread(job), interval.toMillis());
        turns.putIfAbsent(job, new Turn(offset, cycle(offset, now), Optional.empty()));
    }

    /** Drops a job. If it is being worked on, that goes on, and the job is not started on again before that has ended. */
    synchronized void remove(JobKey job) {
        turns.remove(job);
    }

    /** The jobs to start on now: those that waited longest first, as many as there is room for. Each has to be {@link #finished}. */
    synchronized List<Due> start(Instant now) {
        if (stopped) {
            return List.of();
        }
        List<JobKey> due = turns.entrySet().stream()
                .filter(entry -> cycle(entry.getValue().offset(), now)
                        != entry.getValue().cycle())
                .filter(entry -> !running.contains(entry.getKey()))
                .sorted(Comparator.comparing(entry -> entry.getValue().started().orElse(Instant.MIN)))
                .limit(parallelism - running.size())
                .map(Map.Entry::getKey)
                .toList();
        return due.stream().map(job -> start(job, now)).toList();
    }

    private Due start(JobKey job, Instant now) {
        Turn turn = Objects.requireNonNull(turns.get(job));
        long cycle = cycle(turn.offset(), now);
        long late = Math.floorMod(now.toEpochMilli() - turn.offset(), interval.toMillis());
        long before =
                turn.started().map(started -> cycle(turn.offset(), started)).orElse(turn.cycle());
        running.add(job);
        turns.put(job, new Turn(turn.offset(), cycle, Optional.of(now)));
        return new Due(job, Duration.ofMillis(late), Math.max(0, cycle - before - 1));
    }

    /** A job that was started on is done. The moments that have passed meanwhile are skipped. */
    synchronized void finished(JobKey job, Instant now) {
        running.remove(job);
        turns.computeIfPresent(job, (key, turn) -> new Turn(turn.offset(), cycle(turn.offset(), now), turn.started()));
    }

    /** From now on nothing is started. */
    synchronized void stop() {
        stopped = true;
    }

    /** Cycles are counted from the epoch; a clock that is set back begins another cycle, and does no harm. */
    private long cycle(long offset, Instant now) {
        return Math.floorDiv(now.toEpochMilli() - offset, interval.toMillis());
    }

    /** Neighbors in the alphabet, as the jobs of one cluster are, get moments far apart. */
    private static long spread(JobKey job) {
        return (job.toString().hashCode() * 0x9E3779B97F4A7C15L) >>> 16;
    }
}
