package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.policy.JobDescription;
import java.util.Optional;
import java.util.Set;

/**
 * One running job, and how to reach it. Made by the job list fetchers in every listing, handed to every port.
 *
 * @param jobName as Flink shows it
 * @param jobStatus as Flink shows it, for instance RUNNING or RESTARTING
 * @param application what the cluster knows about the application; empty where there is no YARN
 * @param logicalName what its runs have in common; empty as long as the options of the job are not read
 */
public record JobAutoScalerContext(
        JobKey key,
        String jobName,
        String jobStatus,
        RestEndpoint rest,
        Optional<Application> application,
        Optional<String> logicalName) {

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

    /** A job of which no more is known than what was listed. */
    public JobAutoScalerContext(
            JobKey key, String jobName, String jobStatus, RestEndpoint rest, Optional<Application> application) {
        this(key, jobName, jobStatus, rest, application, Optional.empty());
    }

    /** The same, once its options are read. */
    JobAutoScalerContext named(Optional<String> byOption) {
        return new JobAutoScalerContext(
                key, jobName, jobStatus, rest, application, Optional.of(byOption.orElseGet(this::nameByDefault)));
    }

    private String nameByDefault() {
        return application.map(Application::name).orElse(key.applicationId());
    }

    /** The job as its owners know it. */
    public LogicalJob logicalJob() {
        return new LogicalJob(key.cluster(), logicalName.orElseGet(this::nameByDefault), jobName);
    }

    /** What named policies know it by. */
    public JobDescription description() {
        return application
                .map(a -> new JobDescription(key.cluster(), jobName, a.name(), a.queue(), a.user(), a.tags()))
                .orElseGet(() -> JobDescription.withoutYarn(key.cluster(), jobName));
    }

    public boolean isRunning() {
        return jobStatus.equals("RUNNING");
    }
}
