package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.control.ClusterView.Standing;
import io.flinkyarn.autoscaler.control.JobListFetcher.Listing;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Asks one cluster for its jobs, shows on the board how that went, and says in the log what has changed. It has a thread of its own, as a cluster
 * that hangs may keep it for as long as it likes.
 */
final class ClusterListing {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterListing.class);

    private final JobListFetcher fetcher;
    private final Board board;
    private final Clock clock;
    private final Complete complete;
    private final AtomicBoolean doubted = new AtomicBoolean();
    private ClusterView view;

    /** Takes every listing in which the cluster itself has answered. */
    interface Complete {
        /** @param back whether the cluster had not answered when it was asked before */
        void take(Listing listing, boolean back);
    }

    ClusterListing(JobListFetcher fetcher, Board board, Clock clock, Complete complete) {
        this.fetcher = fetcher;
        this.board = board;
        this.clock = clock;
        this.complete = complete;
        this.view = ClusterView.unknown(fetcher.cluster(), clock.instant());
        board.show(view);
    }

    String cluster() {
        return fetcher.cluster();
    }

    /**
     * A job is not where it was listed. Any thread may say so.
     *
     * @return whether nobody else has since the latest listing began
     */
    boolean doubt() {
        return doubted.compareAndSet(false, true);
    }

    /** Lists once. Does not throw: a defect of a fetcher counts as a cluster that cannot be read. */
    void run() {
        MDC.put(JobScope.CLUSTER, cluster());
        try {
            view = view.asking(clock.instant());
            board.show(view);
            if (doubted.getAndSet(false)) {
                fetcher.doubt();
            }
            took(fetcher.fetch());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("defect of the autoscaler in listing cluster {}", cluster(), e);
            Problem problem = new Problem(cluster(), "the autoscaler failed with a defect of its own, " + e);
            took(Listing.empty(List.of(problem), false));
        } finally {
            MDC.remove(JobScope.CLUSTER);
        }
    }

    private void took(Listing listing) {
        ClusterView before = view;
        if (listing.complete()) {
            view = before.listed(listing, clock.instant());
            complete.take(listing, before.standing() == Standing.UNREACHABLE);
        } else {
            view = before.missed(listing.problems(), clock.instant());
        }
        board.show(view);
        tellWhatChanged(before);
    }

    private void tellWhatChanged(ClusterView before) {
        boolean sameJobs = view.jobs() == before.jobs();
        boolean sameProblems = view.problems().equals(before.problems());
        if (view.standing() != before.standing() || !sameProblems) {
            view.problems().forEach(p -> LOG.warn("cannot read {}: {}", p.subject(), p.message()));
        }
        if (view.standing() == Standing.REACHABLE && (before.standing() != Standing.REACHABLE || !sameJobs)) {
            LOG.info("cluster {} answers, {} running Flink jobs", cluster(), view.jobs());
        }
        if (view.standing() == Standing.UNREACHABLE && before.standing() != Standing.UNREACHABLE) {
            String why = view.problems().stream().map(Problem::message).collect(Collectors.joining("; "));
            LOG.debug("cluster {} is not reachable: {}", cluster(), why);
        }
    }
}
