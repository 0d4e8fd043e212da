package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.JobListFetcher.ListedApplication;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the latest listings show to be there. Made of the {@link Present} in every cycle. */
final class Sightings {

    private final Set<JobKey> jobs = new HashSet<>();
    private final Map<String, ClusterView> clusters = new HashMap<>();
    private final Map<ApplicationKey, ListedApplication> applications = new HashMap<>();

    /** One application of one cluster. */
    record ApplicationKey(String cluster, String id) {}

    Sightings(Present present) {
        present.runs().forEach(run -> jobs.add(run.view().job().key()));
        for (ClusterView view : present.clusters()) {
            clusters.put(view.cluster(), view);
            view.applications()
                    .forEach(application -> applications.put(key(view.cluster(), application.id()), application));
        }
    }

    private static ApplicationKey key(String cluster, String id) {
        return new ApplicationKey(cluster, id);
    }

    Optional<ClusterView> cluster(String name) {
        return Optional.ofNullable(clusters.get(name));
    }

    Set<JobKey> jobs() {
        return jobs;
    }

    Set<ApplicationKey> applications() {
        return applications.keySet();
    }

    boolean isThere(JobKey run) {
        return jobs.contains(run);
    }

    boolean isThere(ApplicationKey application) {
        return applications.containsKey(application);
    }

    /** Also a run that is not listed, if nobody could ask its application for its jobs. */
    boolean mayBeThere(JobKey run) {
        ListedApplication application = applications.get(key(run.cluster(), run.applicationId()));
        return isThere(run) || (application != null && !application.read());
    }
}
