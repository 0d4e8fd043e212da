package io.flinkyarn.autoscaler.notify;

import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import java.util.List;
import java.util.Set;

/**
 * Which events a receiver wants: those that satisfy all of these. An empty set asks for nothing. Made by the composition root.
 *
 * @param clusters on which the job runs
 * @param policies named policies of which one holds for the job
 */
public record Selection(Set<String> clusters, Set<String> policies, Set<EventType> types, Set<EventReason> reasons) {

    public Selection {
        clusters = Set.copyOf(clusters);
        policies = Set.copyOf(policies);
        types = Set.copyOf(types);
        reasons = Set.copyOf(reasons);
    }

    /** @param holding names of the policies that hold for the job */
    boolean wants(String cluster, List<String> holding, JobEvent event) {
        return (clusters.isEmpty() || clusters.contains(cluster))
                && (policies.isEmpty() || holding.stream().anyMatch(policies::contains))
                && (types.isEmpty() || types.contains(event.type()))
                && (reasons.isEmpty() || reasons.contains(event.reason()));
    }
}
