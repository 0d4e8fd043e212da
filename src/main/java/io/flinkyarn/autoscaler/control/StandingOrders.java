package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.StandingOrder.What;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.policy.OrderedMode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The orders that hold for the jobs, as they were last read: once per interval for all of them. While they cannot be read, the last known ones go on
 * holding. Any thread may call it.
 */
public final class StandingOrders {

    private static final Logger LOG = LoggerFactory.getLogger(StandingOrders.class);

    private final ManualControl control;
    private volatile List<StandingOrder> known = List.of();

    /** Guarded by this object. */
    private boolean stale;

    private StandingOrders(ManualControl control) {
        this.control = control;
    }

    /** @throws StoreException where they cannot be read: nothing may be rescaled before they are known */
    public static StandingOrders open(ManualControl control) throws StoreException {
        StandingOrders orders = new StandingOrders(control);
        orders.known = control.orders();
        return orders;
    }

    /** Where nobody can give any. */
    static StandingOrders none() {
        return new StandingOrders(new InMemoryManualControl(new Board()));
    }

    /** Reads them anew. Does not throw. */
    public synchronized void refresh() {
        try {
            known = control.orders();
            if (stale) {
                LOG.info("the orders given by hand can be read again");
            }
            stale = false;
        } catch (StoreException e) {
            if (!stale) {
                LOG.warn("{}; the {} orders known so far go on holding", e.getMessage(), known.size());
            }
            stale = true;
        }
    }

    /** All of them, the oldest first. */
    public List<StandingOrder> all() {
        return known;
    }

    /** Those for one job, the oldest first. */
    public List<StandingOrder> of(JobAutoScalerContext job) {
        Set<String> tags = InMemoryManualControl.tags(job);
        return known.stream()
                .filter(order -> order.target().covers(job.key(), job.logicalJob(), tags))
                .toList();
    }

    /** By which a job is paused: of several the oldest. */
    public Optional<StandingOrder> pause(JobAutoScalerContext job) {
        return of(job).stream().filter(order -> order.what() == What.PAUSE).findFirst();
    }

    /** The mode that a job has whatever its options say: by the narrowest order, and of those the latest. */
    Optional<OrderedMode> mode(JobAutoScalerContext job) {
        return modeOrder(job).flatMap(order -> order.what().mode().map(mode -> new OrderedMode(mode, order.inWords())));
    }

    /** By which a job has its mode, if not by its options. */
    public Optional<StandingOrder> modeOrder(JobAutoScalerContext job) {
        return of(job).stream()
                .filter(order -> order.what().isMode())
                .min(Comparator.comparing(
                                (StandingOrder order) -> order.target().scope())
                        .thenComparing(StandingOrder::since, Comparator.reverseOrder()));
    }

    /** A reset of this run that is to be carried out. */
    Optional<StandingOrder> reset(JobKey run) {
        Predicate<StandingOrder> isReset = order -> order.what() == What.RESET;
        OrderTarget target = OrderTarget.run(run);
        return known.stream()
                .filter(isReset.and(order -> order.target().equals(target)))
                .findFirst();
    }

    /** It has been carried out, and is not to be again. */
    void done(StandingOrder reset) throws StoreException {
        control.done(reset);
        // Whoever refreshes meanwhile may have read it before it was gone.
        synchronized (this) {
            known = known.stream().filter(order -> !order.equals(reset)).toList();
        }
    }
}
