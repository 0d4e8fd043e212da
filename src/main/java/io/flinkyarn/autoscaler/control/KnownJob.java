package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.job.JobKey;
import java.util.Set;
import java.util.stream.Stream;

/** A run of a job that has not ended, by everything that people may call it. */
public record KnownJob(JobKey key, LogicalJob logical, Set<String> tags) {

    public KnownJob {
        tags = Set.copyOf(tags);
    }

    /** All names of it, the cluster in front of none of them and of each. */
    Stream<String> names() {
        return Stream.of(
                        logical.name(),
                        logical.jobName(),
                        logical.name() + "/" + logical.jobName(),
                        key.applicationId(),
                        key.jobId(),
                        key.applicationId() + "/" + key.jobId())
                .flatMap(name -> Stream.of(name, key.cluster() + "/" + name));
    }

    @Override
    public String toString() {
        return logical.jobName() + " (" + key + ", logical name " + logical.name() + ")";
    }
}
