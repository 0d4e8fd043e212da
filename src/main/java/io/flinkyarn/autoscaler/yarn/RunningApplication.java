package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.JobListFetcher.ListedApplication;
import java.util.Optional;
import java.util.Set;

/**
 * What the ResourceManager reports about a running application. Made by {@link YarnSession}.
 *
 * @param queue as YARN calls it, for instance {@code root.default}
 * @param tags lower case, as the ResourceManager keeps them
 * @param trackingUrl where YARN says that the application's pages are, usually behind its web proxy; {@value #NOT_AVAILABLE} if it does not tell
 * @param originalTrackingUrl what the application has registered; {@value #NOT_AVAILABLE} if nothing, or if YARN does not tell
 */
record RunningApplication(
        String id,
        String type,
        String name,
        String queue,
        String user,
        Set<String> tags,
        String trackingUrl,
        String originalTrackingUrl) {

    static final String NOT_AVAILABLE = "N/A";

    RunningApplication {
        tags = Set.copyOf(tags);
    }

    /** The same, as YARN reports it while its master is not registered. */
    RunningApplication withoutAddress() {
        return new RunningApplication(id, type, name, queue, user, tags, NOT_AVAILABLE, NOT_AVAILABLE);
    }

    boolean hasMoved(RunningApplication before) {
        return !trackingUrl.equals(before.trackingUrl) || !originalTrackingUrl.equals(before.originalTrackingUrl);
    }

    Application description() {
        return new Application(name, queue, user, tags);
    }

    /** @param read whether its jobs were read */
    ListedApplication listed(boolean read) {
        return new ListedApplication(id, Optional.of(description()), read);
    }
}
