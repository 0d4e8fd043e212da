package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.job.JobKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The latest that is known of every cluster and job. The loop and the ticks write to it, whatever shows something to people reads from it. Any
 * thread may call it.
 */
public final class Board {

    private final Map<String, ClusterView> clusters = new ConcurrentHashMap<>();
    private final Map<JobKey, JobView> jobs = new ConcurrentHashMap<>();

    /** In the order of their names. */
    public List<ClusterView> clusters() {
        return clusters.values().stream()
                .sorted(Comparator.comparing(ClusterView::cluster))
                .toList();
    }

    /** In the order of their keys. */
    public List<JobView> jobs() {
        return jobs.values().stream()
                .sorted(Comparator.comparing(view -> view.job().key()))
                .toList();
    }

    public Optional<JobView> job(JobKey key) {
        return Optional.ofNullable(jobs.get(key));
    }

    Optional<ClusterView> cluster(String name) {
        return Optional.ofNullable(clusters.get(name));
    }

    void show(ClusterView view) {
        clusters.put(view.cluster(), view);
    }

    void show(JobView view) {
        jobs.put(view.job().key(), view);
    }

    void forget(JobKey key) {
        jobs.remove(key);
    }
}
