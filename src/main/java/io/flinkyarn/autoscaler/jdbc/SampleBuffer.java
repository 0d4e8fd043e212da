package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.core.job.JobKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The samples that are not written yet. The ticks put them in, {@link SampleFlush} writes and removes them. Any thread may call it; all fields are
 * guarded by this object.
 *
 * <p>While the database is away it keeps of each job what its window holds, and of all jobs together no more than the bound: the oldest go first.
 */
final class SampleBuffer {

    private final int bound;
    private final Map<JobKey, Deque<Sample>> waiting = new LinkedHashMap<>();
    private int size;
    private long lost;

    /** @param bound how many samples of all jobs it holds, at least 1 */
    SampleBuffer(int bound) {
        this.bound = bound;
    }

    /** Puts a sample behind those of its job that wait; what has left the window meanwhile needs no writing any more. */
    synchronized void add(Sample sample) {
        Deque<Sample> queue = waiting.computeIfAbsent(sample.job(), key -> new ArrayDeque<>());
        queue.add(sample);
        size++;
        while (queue.getFirst().at().isBefore(sample.windowStart())) {
            queue.removeFirst();
            size--;
        }
        if (size > bound) {
            dropOldest();
        }
    }

    private void dropOldest() {
        Deque<Sample> oldest = Collections.min(
                waiting.values(), Comparator.comparing(queue -> queue.getFirst().at()));
        JobKey job = oldest.removeFirst().job();
        if (oldest.isEmpty()) {
            waiting.remove(job);
        }
        size--;
        lost++;
    }

    /** What waits, job by job, oldest first. */
    synchronized List<Sample> all() {
        return waiting.values().stream().flatMap(Collection::stream).toList();
    }

    /** Takes out all samples of one job. */
    synchronized List<Sample> take(JobKey job) {
        Deque<Sample> queue = waiting.remove(job);
        if (queue == null) {
            return List.of();
        }
        size -= queue.size();
        return List.copyOf(queue);
    }

    /** Takes out these samples, as far as they are there. */
    synchronized void remove(List<Sample> samples) {
        Set<Sample> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        gone.addAll(samples);
        waiting.values().removeIf(queue -> {
            queue.removeIf(gone::contains);
            return queue.isEmpty();
        });
        size = waiting.values().stream().mapToInt(Collection::size).sum();
    }

    /** Gives these samples up. */
    synchronized void lose(List<Sample> samples) {
        int before = size;
        remove(samples);
        lost += before - size;
    }

    synchronized int size() {
        return size;
    }

    /** How many samples were given up so far. */
    synchronized long lost() {
        return lost;
    }
}
