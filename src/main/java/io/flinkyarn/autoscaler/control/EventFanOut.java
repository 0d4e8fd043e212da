package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.event.JobEvent;
import java.time.Instant;
import java.util.List;

/** Hands every event to several handlers, in their order. Any thread may call it, as any may call them. */
public final class EventFanOut implements AutoScalerEventHandler {

    private final List<AutoScalerEventHandler> handlers;

    public EventFanOut(List<AutoScalerEventHandler> handlers) {
        this.handlers = List.copyOf(handlers);
    }

    @Override
    public void handle(JobAutoScalerContext job, JobEvent event, Instant now) {
        handlers.forEach(handler -> handler.handle(job, event, now));
    }

    /** Leaves the handlers open: whoever made them closes them. */
    @Override
    public void close() {}
}
