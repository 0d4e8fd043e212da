package io.flinkyarn.autoscaler.flink;

import io.flinkyarn.autoscaler.control.ClusterJobs;
import io.flinkyarn.autoscaler.control.ClusterJobs.FoundJob;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobListFetcher;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lists the jobs of one Flink cluster whose address is known, without YARN. A cluster that is away keeps the jobs that it had: they are
 * repeated, and the listing says that it is not complete.
 *
 * <p>Not safe for threads, as the port has it: the control loop calls it from one at a time.
 */
public final class FlinkClusterJobListFetcher implements JobListFetcher {

    private final RestEndpoint endpoint;
    private final ClusterJobs clusterJobs;
    private final Duration interval;
    private final Clock clock;
    private Listing last = Listing.empty(List.of(), false);
    private Instant next = Instant.MIN;

    /**
     * @param interval for which a listing stands, a failed one too
     */
    public FlinkClusterJobListFetcher(RestEndpoint endpoint, ClusterJobs clusterJobs, Duration interval, Clock clock) {
        this.endpoint = endpoint;
        this.clusterJobs = clusterJobs;
        this.interval = interval;
        this.clock = clock;
    }

    @Override
    public String cluster() {
        return endpoint.cluster();
    }

    @Override
    public Listing fetch() throws InterruptedException {
        Instant now = clock.instant();
        if (!now.isBefore(next)) {
            last = list();
            next = now.plus(interval);
        }
        return last;
    }

    private Listing list() throws InterruptedException {
        try {
            List<FoundJob> all = clusterJobs.list(endpoint);
            return new Listing(
                    all.stream()
                            .filter(job -> !job.hasEnded())
                            .map(this::context)
                            .toList(),
                    List.of(new ListedApplication(authority(), Optional.empty(), true)),
                    all.stream()
                            .filter(FoundJob::hasEnded)
                            .map(job -> job.end(authority()))
                            .toList(),
                    List.of(),
                    true);
        } catch (UnreachableException e) {
            return new Listing(
                    last.jobs(),
                    last.applications(),
                    last.ended(),
                    List.of(new Problem(cluster(), e.getMessage())),
                    false);
        }
    }

    private JobAutoScalerContext context(FoundJob job) {
        JobKey key = new JobKey(cluster(), authority(), job.jobId());
        return new JobAutoScalerContext(key, job.name(), job.status(), endpoint, Optional.empty());
    }

    /** What stands for the application in keys. */
    private String authority() {
        return endpoint.base().getAuthority();
    }

    /** Holds nothing open. */
    @Override
    public void close() {}
}
