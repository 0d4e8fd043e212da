package io.flinkyarn.autoscaler.yarn;

import java.util.List;
import java.util.Set;

/**
 * What the ResourceManager answers when it is asked for the applications. Made by {@link YarnSession}.
 *
 * @param running in state RUNNING
 * @param accepted ids of those in state ACCEPTED: of one that ran before, the master has not registered with the ResourceManager that is active
 *     since a failover, or its next attempt has not started
 */
record ReportedApplications(List<RunningApplication> running, Set<String> accepted) {

    ReportedApplications {
        running = List.copyOf(running);
        accepted = Set.copyOf(accepted);
    }
}
