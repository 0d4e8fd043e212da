package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers which events were told lately, so that the same one is not told again and again. Any thread may call it. */
public final class EventMerging {

    /** Until when an event is merged with one that was told. */
    private final Map<Same, Instant> merging = new ConcurrentHashMap<>();

    /** What makes two events the same one. */
    private record Same(JobKey job, EventType type, EventReason reason, String key) {}

    /** Whether an event is merged with an earlier one; if not, later ones will be merged with it. */
    public boolean isMerged(JobAutoScalerContext job, JobEvent event, Instant now) {
        if (event.mergeWithin().isEmpty()) {
            return false;
        }
        merging.values().removeIf(until -> !now.isBefore(until));
        Same same = new Same(job.key(), event.type(), event.reason(), event.key());
        return merging.putIfAbsent(same, now.plus(event.mergeWithin().get())) != null;
    }
}
