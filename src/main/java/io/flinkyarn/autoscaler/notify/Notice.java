package io.flinkyarn.autoscaler.notify;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import java.time.Instant;

/**
 * One event of one job, as people are told of it. Made by the {@link Notifier}, sent by the channels.
 *
 * @param lost how many before it could not be delivered, and were given up
 */
record Notice(JobAutoScalerContext job, JobEvent event, Instant at, long lost) {

    Notice withLost(long count) {
        return new Notice(job, event, at, count);
    }

    String applicationName() {
        return job.application().map(Application::name).orElse(job.key().applicationId());
    }

    /** One line: what, of which job. */
    String title() {
        String mark = event.type() == EventType.WARNING ? "Warning: " : "";
        return mark + event.reason().text() + ", job " + job.jobName();
    }

    /** The title, the message, and where the job is: some lines. */
    String text() {
        String before = lost == 0 ? "" : "\n" + lost + " earlier messages could not be delivered and were given up.";
        return title() + "\n" + event.message() + "\n"
                + "cluster " + job.key().cluster() + ", application " + applicationName() + " ("
                + job.key().applicationId() + "), " + at + before;
    }
}
