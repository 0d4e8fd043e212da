package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an application's jobs. Made and remembered by {@link JobSurvey}.
 *
 * @param jobs that have not ended; if the application could not be asked, those known before
 * @param failure why it could not be asked the last time
 */
record ApplicationJobs(String applicationId, List<JobAutoScalerContext> jobs, Optional<Failure> failure) {

    ApplicationJobs {
        jobs = List.copyOf(jobs);
    }

    /**
     * An application that could not be asked.
     *
     * @param message one line for people
     */
    record Failure(String message, Outage outage) {}

    static ApplicationJobs found(String applicationId, List<JobAutoScalerContext> jobs) {
        return new ApplicationJobs(applicationId, jobs, Optional.empty());
    }

    /** Whether it is not worth asking now, as it has failed not long ago. */
    boolean rests(Instant now) {
        return failure.isPresent() && now.isBefore(failure.get().outage().due());
    }

    Optional<Problem> problem() {
        return failure.map(
                f -> new Problem(applicationId, f.message() + " (" + f.outage().describe() + ")"));
    }
}
