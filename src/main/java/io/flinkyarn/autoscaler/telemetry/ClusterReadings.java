package io.flinkyarn.autoscaler.telemetry;

import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.ClusterView.Standing;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.JobView.Trouble;
import io.flinkyarn.autoscaler.control.JobView.Trouble.Cause;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the series of the clusters off the board. */
final class ClusterReadings {

    private ClusterReadings() {}

    static void read(List<ClusterView> clusters, List<JobView> jobs, Readings readings) {
        Map<String, List<JobView>> byCluster = jobs.stream()
                .collect(Collectors.groupingBy(view -> view.job().key().cluster()));
        for (ClusterView cluster : clusters) {
            String name = cluster.cluster();
            readings.gauge(Metrics.CLUSTER_UP, cluster.standing() == Standing.REACHABLE ? 1 : 0, name);
            readings.gauge(Metrics.CLUSTER_SINCE, cluster.since(), name);
            cluster.listedAt().ifPresent(at -> readings.gauge(Metrics.CLUSTER_LISTED, at, name));
            readings.gauge(Metrics.CLUSTER_APPLICATIONS, cluster.applications().size(), name);
            readings.gauge(Metrics.CLUSTER_PROBLEMS, cluster.problems().size(), name);
            read(name, byCluster.getOrDefault(name, List.of()), readings);
        }
    }

    /** Also those that there are none of: a series that comes and goes is no good for alerts. */
    private static void read(String cluster, List<JobView> jobs, Readings readings) {
        Map<JobMode, Long> modes = jobs.stream().collect(Collectors.groupingBy(JobView::mode, Collectors.counting()));
        for (JobMode mode : JobMode.values()) {
            readings.gauge(Metrics.JOBS, modes.getOrDefault(mode, 0L), cluster, mode.name());
        }
        Map<Cause, Long> causes = jobs.stream()
                .flatMap(view -> view.trouble().map(Trouble::cause).stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        for (Cause cause : Cause.values()) {
            readings.gauge(Metrics.JOBS_UNSERVED, causes.getOrDefault(cause, 0L), cluster, cause.name());
        }
    }
}
