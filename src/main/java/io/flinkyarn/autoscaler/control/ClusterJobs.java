package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.control.JobListFetcher.End;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists the jobs of one Flink cluster over REST. The job list fetchers ask it about every application that they find. */
public interface ClusterJobs {

    /** Flink's states that a job does not leave. */
    Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");

    /**
     * All jobs that the Flink cluster knows, ended ones included.
     *
     * @throws UnreachableException if it does not answer as Flink does
     * @throws InterruptedException if the daemon is stopping
     */
    List<FoundJob> list(RestEndpoint endpoint) throws UnreachableException, InterruptedException;

    /**
     * One job in Flink's overview.
     *
     * @param status as Flink shows it
     */
    record FoundJob(String jobId, String name, String status) {

        /** Whether the job will never run again. */
        public boolean hasEnded() {
            return ENDED.contains(status);
        }

        /** How it has ended, for the history. */
        public End end(String applicationId) {
            return new End(applicationId, Optional.of(jobId), "Flink: " + status, Optional.empty());
        }
    }
}
