package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.resources.Headroom;
import java.util.Set;

/**
 * Says what a cluster could still give. Asked by the ticks of jobs that want more than they have, and by no others; any thread may call it.
 * Implementations ask the cluster at most once per their own interval.
 */
public interface HeadroomSource {

    /**
     * @param job for which it is asked
     * @param applications ids of those whose containers are to be counted, besides that of the job
     * @throws UnreachableException if the cluster does not tell, now or ever; the message says why
     * @throws InterruptedException if the daemon is stopping
     */
    Headroom headroom(JobAutoScalerContext job, Set<String> applications)
            throws UnreachableException, InterruptedException;
}
