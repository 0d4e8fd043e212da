package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.StandingOrder.What;
import java.time.Instant;
import java.util.List;

/**
 * What people tell the autoscaler to do. Called by the command line and the web server, in the process of the daemon or beside it; the daemon asks for
 * the {@link #orders} once per interval. Every call is on record. Any thread may call it.
 */
public interface ManualControl {

    /** The jobs that run now, to find those that a person means. */
    KnownJobs jobs() throws StoreException;

    /** All that stands, the oldest first. */
    List<StandingOrder> orders() throws StoreException;

    /**
     * Gives an order, in place of the one that it {@link StandingOrder#replaces}. A RESET becomes one order for each run that the target covers now.
     *
     * @return of how many jobs that are known now it is
     */
    long give(StandingOrder order) throws StoreException;

    /**
     * Takes back what was ordered for exactly this target: a PAUSE, or the mode whichever it is.
     *
     * @return what stood; empty where nothing did
     */
    List<StandingOrder> takeBack(OrderTarget target, What what, String user, String reason, Instant now)
            throws StoreException;

    /** A reset of a run has been carried out. */
    void done(StandingOrder reset) throws StoreException;

    /** The orders, of some, that are about one of the jobs that a target covers now: what still holds for them. */
    static List<StandingOrder> holding(OrderTarget target, KnownJobs jobs, List<StandingOrder> orders) {
        List<KnownJob> covered = jobs.jobs().stream()
                .filter(job -> KnownJobs.isCovered(job, target))
                .toList();
        return orders.stream()
                .filter(order -> order.target().equals(target)
                        || covered.stream().anyMatch(job -> KnownJobs.isCovered(job, order.target())))
                .toList();
    }

    /** What a RESET becomes. */
    static List<StandingOrder> perRun(StandingOrder reset, KnownJobs jobs) {
        return jobs.jobs().stream()
                .filter(job -> KnownJobs.isCovered(job, reset.target()))
                .map(job -> new StandingOrder(
                        OrderTarget.run(job.key()), reset.what(), reset.user(), reset.reason(), reset.since()))
                .toList();
    }
}
