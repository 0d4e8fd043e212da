package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.control.JobListFetcher.End;
import io.flinkyarn.autoscaler.control.JobListFetcher.ListedApplication;
import io.flinkyarn.autoscaler.control.JobListFetcher.Listing;
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
 * @param applications of the latest listing in which the cluster answered
 * @param ended runs that have ended lately
 * @param problems what the latest listing could not read
 * @param listedAt end of the latest listing; empty before the first
 * @param askingSince start of the listing that is under way; empty where none is
 */
public record ClusterView(
        String cluster,
        Standing standing,
        Instant since,
        int jobs,
        List<ListedApplication> applications,
        List<End> ended,
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
        applications = List.copyOf(applications);
        ended = List.copyOf(ended);
        problems = List.copyOf(problems);
    }

    static ClusterView unknown(String cluster, Instant now) {
        return new ClusterView(
                cluster,
                Standing.NOT_LISTED_YET,
                now,
                0,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    ClusterView asking(Instant now) {
        return new ClusterView(
                cluster, standing, since, jobs, applications, ended, problems, listedAt, Optional.of(now));
    }

    /** The cluster has answered. */
    ClusterView listed(Listing listing, Instant now) {
        return new ClusterView(
                cluster,
                Standing.REACHABLE,
                sinceIf(Standing.REACHABLE, now),
                listing.jobs().size(),
                listing.applications(),
                listing.ended(),
                listing.problems(),
                Optional.of(now),
                Optional.empty());
    }

    /** It has not: what was known before stays. */
    ClusterView missed(List<Problem> why, Instant now) {
        return new ClusterView(
                cluster,
                Standing.UNREACHABLE,
                sinceIf(Standing.UNREACHABLE, now),
                jobs,
                applications,
                ended,
                why,
                Optional.of(now),
                Optional.empty());
    }

    private Instant sinceIf(Standing next, Instant now) {
        return next == standing ? since : now;
    }
}
