package io.flinkyarn.autoscaler.flink;

import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.SchedulerPage;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import java.util.List;

/** Asks a ResourceManager by one request (Hadoop: ResourceManager REST API, Cluster Scheduler API). Any thread may call it. */
public final class RestSchedulerPage implements SchedulerPage {

    private static final String CAPACITY_SCHEDULER = "capacityScheduler";

    private final FlinkRest rest;

    public RestSchedulerPage(FlinkRest rest) {
        this.rest = rest;
    }

    @Override
    public List<LeafQueue> queues(RestEndpoint manager) throws UnreachableException, InterruptedException {
        SchedulerAnswer answer = rest.get(manager, Route.SCHEDULER.of(), SchedulerAnswer.class);
        if (!answer.type().equals(CAPACITY_SCHEDULER)) {
            throw new UnreachableException(
                    Category.REFUSED,
                    "the scheduler is " + answer.type() + ", and only those of " + CAPACITY_SCHEDULER + " are");
        }
        return answer.leaves();
    }
}
