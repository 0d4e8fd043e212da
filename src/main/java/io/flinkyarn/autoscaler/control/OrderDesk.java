package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.StandingOrder.What;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one person orders by hand: passed on to {@link ManualControl}, and answered in words, one line each. Made by the command line and the web server for one
 * order, so that both say the same.
 */
public final class OrderDesk {

    private final ManualControl control;
    private final KnownJobs jobs;
    private final String user;
    private final String reason;
    private final Instant now;

    /**
     * @param user who orders
     * @param reason in that person's words; may be blank
     */
    public OrderDesk(ManualControl control, KnownJobs jobs, String user, String reason, Instant now) {
        this.control = control;
        this.jobs = jobs;
        this.user = user;
        this.reason = reason;
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
    }

    public List<String> pause(OrderTarget meant) throws StoreException {
        return give(meant, What.PAUSE, "is paused");
    }

    public List<String> resume(OrderTarget meant) throws StoreException {
        return takeBack(meant, What.PAUSE, "is resumed");
    }

    public List<String> reset(OrderTarget meant) throws StoreException {
        return give(meant, What.RESET, "is reset in the next cycle of the daemon");
    }

    /**
     * @param mode off, observe or scale; default takes back which of them was ordered
     * @throws IllegalArgumentException if it is none of these
     */
    public List<String> mode(OrderTarget meant, String mode) throws StoreException {
        String name = mode.toLowerCase(Locale.ROOT);
        What what = switch (name) {
            case "off", "default" -> What.MODE_OFF;
            case "observe" -> What.MODE_OBSERVE;
            case "scale" -> What.MODE_SCALE;
            default ->
                throw new IllegalArgumentException(
                        "'" + mode + "' is no mode: expected off, observe, scale or default");
        };
        return name.equals("default")
                ? takeBack(meant, what, "has the mode of its options again")
                : give(meant, what, "has the mode " + name);
    }

    private List<String> give(OrderTarget meant, What what, String done) throws StoreException {
        long covered = control.give(new StandingOrder(meant, what, user, reason, now));
        return List.of(meant + " " + done + ", by " + user + "; " + jobs(covered));
    }

    private List<String> takeBack(OrderTarget meant, What what, String done) throws StoreException {
        List<StandingOrder> taken = control.takeBack(meant, what, user, reason, now);
        List<String> lines = new ArrayList<>();
        lines.add(
                taken.isEmpty()
                        ? "nothing of the kind was ordered for " + meant + " itself"
                        : meant + " " + done + ", by " + user + "; " + jobs(jobs.covered(meant)));
        ManualControl.holding(meant, jobs, control.orders()).stream()
                .filter(order ->
                        order.what() == what || (what.isMode() && order.what().isMode()))
                .forEach(order -> lines.add("STILL HOLDS: " + words(order) + still(order, meant)));
        return lines;
    }

    private static String words(StandingOrder order) {
        return order.what().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + order.inWords();
    }

    private static String still(StandingOrder order, OrderTarget meant) {
        return order.target().scope().compareTo(meant.scope()) > 0
                ? "; it goes on holding for " + meant + " until it is taken back for " + order.target()
                : "";
    }

    private static String jobs(long covered) {
        return covered == 0
                ? "no job that is known now is concerned: is it spelled right?"
                : covered == 1 ? "1 job is concerned" : covered + " jobs are concerned";
    }
}
