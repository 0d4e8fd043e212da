package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.event.JobEvent;
import java.time.Instant;

/** Tells people what happened to a job. Called by many threads at once; does not throw, and never delays a decision for long. */
public interface AutoScalerEventHandler extends AutoCloseable {

    void handle(JobAutoScalerContext job, JobEvent event, Instant now);

    @Override
    void close();
}
