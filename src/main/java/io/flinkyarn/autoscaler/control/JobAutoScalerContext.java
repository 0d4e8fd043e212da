package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.job.JobKey;
import java.util.Optional;
import java.util.Set;

/**
 * One running job, and how to reach it. Made by the job list fetchers in every listing, handed to every port.
 *
 * @param jobName as Flink shows it
 * @param jobStatus as Flink shows it, for instance RUNNING or RESTARTING
 * @param application what the cluster knows about the application; empty where there is no YARN
 */
public record JobAutoScalerContext(
        JobKey key, String jobName, String jobStatus, RestEndpoint rest, Optional<Application> application) {

    /**
     * A YARN application.
     *
     * @param tags lower case, as the ResourceManager keeps them
     */
    public record Application(String name, String queue, String user, Set<String> tags) {

        public Application {
            tags = Set.copyOf(tags);
        }
    }

    public boolean isRunning() {
        return jobStatus.equals("RUNNING");
    }
}
