package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events to the log; one that is merged with an earlier one is only seen at debug level. Any thread may call it. */
public final class LoggingAutoScalerEventHandler implements AutoScalerEventHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LoggingAutoScalerEventHandler.class);

    /** Until when an event is merged with one that was logged. */
    private final Map<Same, Instant> merging = new ConcurrentHashMap<>();

    /** What makes two events the same one. */
    private record Same(JobKey job, EventType type, EventReason reason, String key) {}

    @Override
    public void handle(JobAutoScalerContext job, JobEvent event, Instant now) {
        String line = event.reason().text() + " " + job.jobName() + " | " + event.message();
        if (isMerged(job, event, now)) {
            LOG.debug("{}", line);
        } else if (event.type() == EventType.WARNING) {
            LOG.warn("{}", line);
        } else {
            LOG.info("{}", line);
        }
    }

    private boolean isMerged(JobAutoScalerContext job, JobEvent event, Instant now) {
        if (event.mergeWithin().isEmpty()) {
            return false;
        }
        merging.values().removeIf(until -> !now.isBefore(until));
        Same same = new Same(job.key(), event.type(), event.reason(), event.key());
        return merging.putIfAbsent(same, now.plus(event.mergeWithin().get())) != null;
    }

    @Override
    public void close() {}
}
