package io.flinkyarn.autoscaler.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.Board;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.KnownJobs;
import io.flinkyarn.autoscaler.control.KnownJobs.UnclearTargetException;
import io.flinkyarn.autoscaler.control.ManualControl;
import io.flinkyarn.autoscaler.control.OrderDesk;
import io.flinkyarn.autoscaler.control.OrderTarget;
import io.flinkyarn.autoscaler.control.StandingOrder;
import io.flinkyarn.autoscaler.control.StandingOrders;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people order over HTTP, and what stands. The daemon obeys in the next cycle of each job. Any thread may ask. */
public final class Orders {

    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);
    private static final List<String> ACTIONS = List.of("pause", "resume", "mode", "reset");
    private static final int CONFLICT = 409;

    private final ManualControl control;
    private final StandingOrders standing;
    private final Board board;
    private final Clock clock;

    /** @param standing what the daemon obeys; read anew after each order, so that the next cycle knows it */
    public Orders(ManualControl control, StandingOrders standing, Board board, Clock clock) {
        this.control = control;
        this.standing = standing;
        this.board = board;
        this.clock = clock;
    }

    /** What is ordered for a job, where something is: {@code paused} and {@code orderedMode}. */
    void tell(JobAutoScalerContext job, ObjectNode node) {
        standing.pause(job).ifPresent(pause -> node.set("paused", json(pause)));
        standing.modeOrder(job)
                .ifPresent(order -> order.what()
                        .mode()
                        .ifPresent(mode -> node.set("orderedMode", json(order).put("mode", mode.name()))));
    }

    /** All that stands. */
    ObjectNode all() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode orders = body.putArray("orders");
        standing.all()
                .forEach(
                        order -> orders.add(json(order).put("what", order.what().name())));
        return body;
    }

    private static ObjectNode json(StandingOrder order) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("user", order.user())
                .put("since", order.since().toString())
                .put("reason", order.reason())
                .put("scope", order.target().scope().name())
                .put("target", order.target().toString());
    }

    /**
     * Takes an order.
     *
     * @param path behind the version: {@code jobs/…/pause}, or {@code orders/pause} with the target in the body
     * @throws IllegalArgumentException if it cannot be understood, for people
     */
    Answer take(Request request, List<String> path) throws StoreException {
        String action = path.get(path.size() - 1);
        boolean ofOneJob = path.size() == 5 && path.get(0).equals("jobs");
        boolean ofMany = path.size() == 2 && path.get(0).equals("orders");
        if (!ACTIONS.contains(action) || (!ofOneJob && !ofMany)) {
            return Answer.problem(
                    Answer.NOT_FOUND, "'" + String.join("/", path) + "' takes no orders; docs/api.md says what does");
        }
        GivenOrder order = GivenOrder.of(request);
        if (order.reason().isEmpty() && !action.equals("resume")) {
            throw new IllegalArgumentException(
                    "'reason' is missing in the body: whoever wonders about the job will want to read it");
        }
        KnownJobs jobs = control.jobs();
        OrderTarget target;
        if (ofMany) {
            target = target(order, jobs);
        } else {
            Optional<JobView> view = board.job(new JobKey(path.get(1), path.get(2), path.get(3)));
            if (view.isEmpty()) {
                return Answer.problem(Answer.NOT_FOUND, "there is no such job, or it has ended");
            }
            if (view.get().mode() == JobMode.UNKNOWN) {
                return Answer.problem(
                        CONFLICT,
                        "the options of this job, which may name it, were not read yet: try again in a few seconds");
            }
            target = OrderTarget.job(view.get().job().logicalJob());
        }
        OrderDesk desk = new OrderDesk(control, jobs, order.user(), order.reason(), clock.instant());
        List<String> said = act(desk, action, target, order);
        LOG.info("{} for {} by {}: {}", action, target, order.user(), order.reason());
        standing.refresh();
        return Answer.told(said);
    }

    private static OrderTarget target(GivenOrder order, KnownJobs jobs) {
        String text = order.target()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'target' is missing in the body: expected the name or id of a job, TAG:x, CLUSTER:x or ALL"));
        try {
            return jobs.target(text);
        } catch (UnclearTargetException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static List<String> act(OrderDesk desk, String action, OrderTarget target, GivenOrder order)
            throws StoreException {
        return switch (action) {
            case "pause" -> desk.pause(target);
            case "resume" -> desk.resume(target);
            case "reset" -> desk.reset(target);
            default ->
                desk.mode(
                        target,
                        order.mode()
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "'mode' is missing in the body: expected off, observe, scale or default")));
        };
    }
}
