package io.flinkyarn.autoscaler.flink;

import io.flinkyarn.autoscaler.control.ClusterJobs;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.UnreachableException;
import java.util.List;

/** Lists the jobs of a Flink cluster by one request. Any thread may call it. */
public final class RestClusterJobs implements ClusterJobs {

    private final FlinkRest rest;

    public RestClusterJobs(FlinkRest rest) {
        this.rest = rest;
    }

    @Override
    public List<FoundJob> list(RestEndpoint endpoint) throws UnreachableException, InterruptedException {
        return rest.get(endpoint, Route.JOBS.of(), JobsOverview.class).jobs().stream()
                .map(job -> new FoundJob(job.id(), job.name(), job.state()))
                .toList();
    }
}
