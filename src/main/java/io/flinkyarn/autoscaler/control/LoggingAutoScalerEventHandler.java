package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events to the log; one that is merged with an earlier one is only seen at debug level. Any thread may call it. */
public final class LoggingAutoScalerEventHandler implements AutoScalerEventHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LoggingAutoScalerEventHandler.class);

    private final EventMerging merging = new EventMerging();

    @Override
    public void handle(JobAutoScalerContext job, JobEvent event, Instant now) {
        String line = event.reason().text() + " " + job.jobName() + " | " + event.message();
        if (merging.isMerged(job, event, now)) {
            LOG.debug("{}", line);
        } else if (event.type() == EventType.WARNING) {
            LOG.warn("{}", line);
        } else {
            LOG.info("{}", line);
        }
    }

    @Override
    public void close() {}
}
