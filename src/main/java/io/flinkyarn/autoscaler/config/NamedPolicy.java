package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.policy.ApplicationSelection;
import io.flinkyarn.autoscaler.core.policy.JobDescription;
import io.flinkyarn.autoscaler.core.policy.NamePattern;
import java.util.List;
import java.util.Set;

/**
 * A set of job options and caps that an administrator has given a name, and the jobs that it holds for. Made by {@link NamedPolicyReader}; not
 * to be confused with the {@code ScalingPolicy} of one job, into which the options of all layers go.
 *
 * @param onRequest whether it holds only for jobs that ask for it by its name
 * @param clusters on one of which a job must run; empty: on any
 * @param jobs patterns of which the name of a job must fit one; empty: any name
 * @param layer the options that it sets, by the keys of job options
 */
record NamedPolicy(
        String name,
        boolean onRequest,
        Set<String> clusters,
        ApplicationSelection applications,
        List<NamePattern> jobs,
        Layer layer,
        List<Cap<?>> caps) {

    NamedPolicy {
        clusters = Set.copyOf(clusters);
        jobs = List.copyOf(jobs);
        caps = List.copyOf(caps);
    }

    /** Whether it holds for a job that does not ask for it. */
    boolean selects(JobDescription job) {
        return !onRequest
                && (clusters.isEmpty() || clusters.contains(job.cluster()))
                && applications.matches(job.application(), job.queue(), job.user(), job.tags())
                && (jobs.isEmpty() || jobs.stream().anyMatch(pattern -> pattern.matches(job.jobName())));
    }

    boolean isCalled(String other) {
        return name.equalsIgnoreCase(other);
    }
}
