package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.control.RequestLog.Way;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.SchedulerPage;
import io.flinkyarn.autoscaler.control.UnreachableException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The scheduler's pages of the ResourceManagers of one cluster. The one that answered last is asked first, as of several only one is active. Called by
 * one thread at a time.
 */
final class SchedulerPages {

    private final SchedulerPage page;
    private final List<RestEndpoint> managers;
    private int first;

    SchedulerPages(SchedulerPage page, String cluster, List<URI> managers) {
        this.page = page;
        // Servers of the cluster, as its proxy is: one pace and one login for both.
        this.managers = managers.stream()
                .map(manager -> new RestEndpoint(cluster, manager, Way.PROXY))
                .toList();
    }

    UserLimits ask() throws InterruptedException {
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < managers.size(); i++) {
            int next = (first + i) % managers.size();
            try {
                UserLimits limits = UserLimits.of(page.queues(managers.get(next)));
                first = next;
                return limits;
            } catch (UnreachableException e) {
                failures.add(e.getMessage());
            }
        }
        return UserLimits.unknown(String.join("; ", failures));
    }
}
