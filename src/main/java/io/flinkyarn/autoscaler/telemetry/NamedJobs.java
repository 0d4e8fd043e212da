package io.flinkyarn.autoscaler.telemetry;

import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.LogicalJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The jobs of a board, each with the names that its series carry. Of several runs with the same names only the one that was served last is among
 * them: two series of the same labels would make the whole scrape invalid.
 */
record NamedJobs(List<Named> jobs, int withheld) {

    /** Longest name in a label: whoever writes SQL as the name of a vertex shall not fill the disks of Prometheus. */
    private static final int LONGEST = 120;

    /** @param labels values of cluster, application name and job name */
    record Named(JobView view, List<String> labels) {

        Named {
            labels = List.copyOf(labels);
        }

        String[] and(String... more) {
            List<String> all = new ArrayList<>(labels);
            all.addAll(List.of(more));
            return all.toArray(String[]::new);
        }
    }

    static NamedJobs of(List<JobView> views) {
        Comparator<JobView> servedLast =
                Comparator.comparing(view -> view.served().orElse(Instant.MIN));
        Map<List<String>, JobView> byLabels = new HashMap<>();
        for (JobView view : views) {
            byLabels.merge(labels(view), view, (one, other) -> servedLast.compare(one, other) >= 0 ? one : other);
        }
        List<Named> named = byLabels.entrySet().stream()
                .map(entry -> new Named(entry.getValue(), entry.getKey()))
                .toList();
        return new NamedJobs(named, views.size() - named.size());
    }

    private static List<String> labels(JobView view) {
        LogicalJob job = view.job().logicalJob();
        String application = view.job()
                .application()
                .map(a -> a.name())
                .orElse(view.job().key().applicationId());
        return List.of(job.cluster(), cut(application), cut(job.jobName()));
    }

    /** Names of the vertices in their order, each of them once: where Flink has the same name twice, the second is {@code name (2)}. */
    static List<String> distinct(List<String> names) {
        Set<String> taken = new HashSet<>();
        List<String> distinct = new ArrayList<>();
        for (String name : names) {
            String candidate = cut(name);
            for (int i = 2; !taken.add(candidate); i++) {
                candidate = cut(name) + " (" + i + ")";
            }
            distinct.add(candidate);
        }
        return distinct;
    }

    private static String cut(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
