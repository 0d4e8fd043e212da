package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.control.StandingOrder.What;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Keeps the orders until the process ends. For where nothing else is kept either. Any thread may call it. */
public final class InMemoryManualControl implements ManualControl {

    private final Board board;

    /** Guarded by this object. */
    private final List<StandingOrder> orders = new ArrayList<>();

    /** @param board that shows the jobs that there are */
    public InMemoryManualControl(Board board) {
        this.board = board;
    }

    @Override
    public KnownJobs jobs() {
        return new KnownJobs(board.jobs().stream()
                .map(JobView::job)
                .map(job -> new KnownJob(job.key(), job.logicalJob(), tags(job)))
                .toList());
    }

    static Set<String> tags(JobAutoScalerContext job) {
        return job.application().map(JobAutoScalerContext.Application::tags).orElse(Set.of());
    }

    @Override
    public synchronized List<StandingOrder> orders() {
        return List.copyOf(orders);
    }

    @Override
    public synchronized long give(StandingOrder order) {
        KnownJobs jobs = jobs();
        List<StandingOrder> given = order.what() == What.RESET ? ManualControl.perRun(order, jobs) : List.of(order);
        orders.removeIf(standing -> given.stream().anyMatch(next -> next.replaces(standing)));
        orders.addAll(given);
        return jobs.covered(order.target());
    }

    @Override
    public synchronized List<StandingOrder> takeBack(
            OrderTarget target, What what, String user, String reason, Instant now) {
        StandingOrder opposite = new StandingOrder(target, what, user, reason, now);
        List<StandingOrder> taken = orders.stream().filter(opposite::replaces).toList();
        orders.removeAll(taken);
        return taken;
    }

    @Override
    public synchronized void done(StandingOrder reset) {
        orders.remove(reset);
    }
}
