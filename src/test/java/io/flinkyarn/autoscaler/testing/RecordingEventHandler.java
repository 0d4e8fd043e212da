package io.flinkyarn.autoscaler.testing;

import io.flinkyarn.autoscaler.control.AutoScalerEventHandler;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the events that it is handed. Any thread may call it. */
public final class RecordingEventHandler implements AutoScalerEventHandler {

    private final List<Handled> handled = new CopyOnWriteArrayList<>();

    /** An event, and whom it was about. */
    public record Handled(JobAutoScalerContext job, JobEvent event) {}

    @Override
    public void handle(JobAutoScalerContext job, JobEvent event, Instant now) {
        handled.add(new Handled(job, event));
    }

    public List<Handled> handled() {
        return List.copyOf(handled);
    }

    public List<JobEvent> events() {
        return handled.stream().map(Handled::event).toList();
    }

    public List<JobEvent> events(JobKey job) {
        return handled.stream()
                .filter(h -> h.job().key().equals(job))
                .map(Handled::event)
                .toList();
    }

    public List<JobEvent> events(EventReason reason) {
        return events().stream().filter(event -> event.reason() == reason).toList();
    }

    @Override
    public void close() {}
}
