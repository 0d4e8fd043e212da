package io.flinkyarn.autoscaler.control;

import java.util.List;

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

    @Override
    void close();

    /**
     * What was found.
     *
     * @param jobs of which the cluster says that they are there; of an application that could not be read, the jobs known before
     * @param problems what could not be read, for people; empty when everything answered
     * @param complete whether the cluster itself answered: only then does absence mean anything
     */
    record Listing(List<JobAutoScalerContext> jobs, List<Problem> problems, boolean complete) {

        public Listing {
            jobs = List.copyOf(jobs);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Something that could not be read.
     *
     * @param subject the cluster or the application id
     * @param message one line: what was asked, what came back, what to do
     */
    record Problem(String subject, String message) {}
}
