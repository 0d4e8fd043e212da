package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobListFetcher.End;
import io.flinkyarn.autoscaler.control.JobListFetcher.ListedApplication;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import io.flinkyarn.autoscaler.control.RequestLog.Way;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an application's jobs. Made and remembered by {@link JobSurvey}.
 *
 * @param jobs that have not ended; if the application could not be asked, those known before
 * @param ended jobs of which Flink says that they have ended
 * @param way by which it answered last
 * @param failure why it could not be asked the last time
 */
record ApplicationJobs(
        RunningApplication application,
        List<JobAutoScalerContext> jobs,
        List<End> ended,
        Optional<Way> way,
        Optional<Failure> failure) {

    ApplicationJobs {
        jobs = List.copyOf(jobs);
        ended = List.copyOf(ended);
    }

    /**
     * An application that could not be asked.
     *
     * @param message one line for people
     */
    record Failure(String message, Outage outage) {}

    /** Of an application that has not been asked yet. */
    static ApplicationJobs unknown(RunningApplication application) {
        return new ApplicationJobs(application, List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    /** The same jobs, of an application that could not be asked again. */
    ApplicationJobs failed(RunningApplication latest, Failure why) {
        return new ApplicationJobs(latest, jobs, ended, way, Optional.of(why));
    }

    /** Whether it is not worth asking now, as it has failed not long ago at the same address. */
    boolean rests(RunningApplication latest, Instant now) {
        return failure.isPresent() && now.isBefore(failure.get().outage().due()) && !latest.hasMoved(application);
    }

    /** When to ask again, if it was read before and has failed only just now: most of that passes, and its jobs wait for it. */
    Optional<Instant> askSoon() {
        return failure.map(Failure::outage)
                .filter(outage -> outage.isFresh() && !jobs.isEmpty())
                .map(Outage::due);
    }

    ListedApplication listed() {
        return application.listed(failure.isEmpty());
    }

    Optional<Problem> problem() {
        return failure.map(f ->
                new Problem(application.id(), f.message() + " (" + f.outage().describe() + ")"));
    }
}
