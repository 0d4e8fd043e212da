package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one cluster now. Made by the control loop, shown on the {@link Board}.
 *
 * @param standing whether the cluster itself answers
 * @param since since when the standing holds without a break
 * @param jobs how many of its jobs are known
 * @param problems what the latest listing could not read
 * @param listedAt end of the latest listing; empty before the first
 * @param askingSince start of the listing that is under way; empty where none is
 */
public record ClusterView(
        String cluster,
        Standing standing,
        Instant since,
        int jobs,
        List<Problem> problems,
        Optional<Instant> listedAt,
        Optional<Instant> askingSince) {

    /** Whether a cluster answers. */
    public enum Standing {
        NOT_LISTED_YET,
        REACHABLE,
        UNREACHABLE
    }

    public ClusterView {
        problems = List.copyOf(problems);
    }

    static ClusterView unknown(String cluster, Instant now) {
        return new ClusterView(cluster, Standing.NOT_LISTED_YET, now, 0, List.of(), Optional.empty(), Optional.empty());
    }

    ClusterView asking(Instant now) {
        return new ClusterView(cluster, standing, since, jobs, problems, listedAt, Optional.of(now));
    }

    ClusterView listed(Standing next, int jobsNow, List<Problem> problemsNow, Instant now) {
        return new ClusterView(
                cluster,
                next,
                next == standing ? since : now,
                jobsNow,
                problemsNow,
                Optional.of(now),
                Optional.empty());
    }
}
