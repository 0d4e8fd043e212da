package io.flinkyarn.autoscaler.core.policy;

import java.util.Set;

/**
 * What named policies know a job by. Made from what was listed; read by the reader of policies. Where there is no YARN, the application has no name,
 * queue, user and tags.
 *
 * @param jobName as Flink shows it
 * @param tags of the application, as the ResourceManager keeps them
 */
public record JobDescription(
        String cluster, String jobName, String application, String queue, String user, Set<String> tags) {

    public JobDescription {
        tags = Set.copyOf(tags);
    }

    /** A job without YARN. */
    public static JobDescription withoutYarn(String cluster, String jobName) {
        return new JobDescription(cluster, jobName, "", "", "", Set.of());
    }
}
