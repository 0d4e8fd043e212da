package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds the jobs of one cluster. Called by the control loop, never from two threads at once; implementations cache between calls as their own
 * interval says.
 */
public interface JobListFetcher extends AutoCloseable {

    /** Name of the cluster that it lists. */
    String cluster();

    /**
     * The jobs that are there now. Does not throw for a cluster that is away: the listing says so, and repeats what was known.
     *
     * @throws InterruptedException if the daemon is stopping
     */
    Listing fetch() throws InterruptedException;

    /**
     * The applications of Flink that are there and that the configuration leaves out, each with the reason. Asked for people, never by the loop: it may cost
     * the cluster more than a listing.
     *
     * @throws UnreachableException if the cluster does not answer
     */
    default List<PassedOver> passedOver() throws UnreachableException, InterruptedException {
        return List.of();
    }

    /** A job that answered until now does not answer at the address of the latest listing: the next one should not wait for long. */
    default void doubt() {}

    /** What says how much room there is in the cluster; empty where the cluster has nothing like that. */
    default Optional<HeadroomSource> headroom() {
        return Optional.empty();
    }

    @Override
    void close();

    /**
     * What was found.
     *
     * @param jobs of which the cluster says that they are there; of an application that could not be read, the jobs known before
     * @param applications that are there, with those whose jobs were not read
     * @param ended runs of which YARN or Flink says how they ended; repeated for about an hour, so that nobody has to take notice at once
     * @param problems what could not be read, for people; empty when everything answered
     * @param complete whether the cluster itself answered: only then does absence mean anything
     */
    record Listing(
            List<JobAutoScalerContext> jobs,
            List<ListedApplication> applications,
            List<End> ended,
            List<Problem> problems,
            boolean complete) {

        /** Nothing was read, or nothing is there. */
        public static Listing empty(List<Problem> problems, boolean complete) {
            return new Listing(List.of(), List.of(), List.of(), problems, complete);
        }

        public Listing {
            jobs = List.copyOf(jobs);
            applications = List.copyOf(applications);
            ended = List.copyOf(ended);
            problems = List.copyOf(problems);
        }
    }

    /**
     * An application that is there.
     *
     * @param id as in the keys of its jobs
     * @param description what YARN says about it; empty where there is no YARN, or where an earlier process has seen it
     * @param read whether its jobs were read, so that one that is not listed is not there
     */
    record ListedApplication(String id, Optional<Application> description, boolean read) {}

    /**
     * An application that is not looked after.
     *
     * @param why one line, as it goes on behind "because"
     */
    record PassedOver(String id, Application description, String why) {}

    /**
     * How a run ended: one job, or an application with all its jobs.
     *
     * @param jobId empty: the whole application
     * @param how who says so, and what: {@code YARN: KILLED}, {@code Flink: FINISHED}
     * @param at empty: it is not told
     */
    record End(String applicationId, Optional<String> jobId, String how, Optional<Instant> at) {}

    /**
     * Something that could not be read.
     *
     * @param subject the cluster or the application id
     * @param message one line: what was asked, what came back, what to do
     */
    record Problem(String subject, String message) {}
}
