package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.control.SchedulerPage.LeafQueue;
import io.flinkyarn.autoscaler.control.SchedulerPage.User;
import io.flinkyarn.autoscaler.core.resources.Amount;
import io.flinkyarn.autoscaler.core.resources.Headroom.Bound;
import io.flinkyarn.autoscaler.core.resources.Headroom.Largest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How much one user may have in a queue of the Capacity Scheduler, and how large a container may be, at one moment. Made by {@link SchedulerPages}.
 *
 * @param missing why nothing is known, for people; empty: it is known
 */
record UserLimits(List<LeafQueue> queues, Optional<String> missing) {

    static UserLimits of(List<LeafQueue> queues) {
        return new UserLimits(queues, Optional.empty());
    }

    static UserLimits unknown(String why) {
        return new UserLimits(List.of(), Optional.of(why));
    }

    /**
     * The limit that does not move with what the users do:
     *
     * <pre>
     *   limit = guaranteed capacity of the queue · user-limit-factor · weight of the user
     * </pre>
     *
     * (Hadoop: Capacity Scheduler, {@code user-limit-factor}.) Below it the scheduler shares among those who are asking for something at the moment.
     * That share is not counted on: what the page shows of it is of the last time that something was given, and it grows with what the user has.
     *
     * @param queue its path, or of old clusters its last name
     * @param all of the nodes
     * @return empty where nothing bounds the user but the queue, and where that is not known: {@link #caveat}
     */
    Optional<Bound> bound(String queue, String user, Amount all, boolean vcores) {
        Optional<LeafQueue> leaf = leaf(queue);
        Optional<Amount> guaranteed = leaf.flatMap(found -> guaranteed(found, all));
        if (leaf.isEmpty() || guaranteed.isEmpty() || !(factor(leaf.get()) > 0)) {
            return Optional.empty();
        }
        Optional<User> listed = leaf.get().users().stream()
                .filter(other -> other.name().equals(user))
                .findFirst();
        double factor = factor(leaf.get()) * listed.map(User::weight).orElse(1.0);
        Amount limit = share(guaranteed.get(), factor);
        Amount used = listed.map(User::used).orElse(Amount.NOTHING);
        // A scheduler that counts memory alone writes 1 into what it does not count.
        boolean counted = vcores
                && !listed.map(User::limit)
                        .filter(told -> told.memoryMb() > 0 && told.vcores() <= 1)
                        .isPresent();
        String name = "user " + user + " in queue " + leaf.get().path();
        return Optional.of(new Bound(
                name,
                YarnRoom.counted(limit.minus(used), counted),
                name + " uses " + YarnRoom.print(used, counted) + " of at most " + YarnRoom.print(limit, counted)
                        + String.format(Locale.ROOT, " (user-limit-factor %s)", factor(leaf.get()))));
    }

    /** The largest container that the queue gives. */
    Optional<Largest> largest(String queue, boolean vcores) {
        return leaf(queue)
                .flatMap(leaf -> leaf.largest()
                        .map(size -> new Largest(
                                YarnRoom.counted(size, vcores),
                                "queue " + leaf.path() + " gives no container larger than "
                                        + YarnRoom.print(size, vcores) + " (maximum-allocation)")));
    }

    /** Why a user may have less than is thought, for people; empty: it is known how much that is. */
    Optional<String> caveat(String queue, Amount all) {
        Optional<LeafQueue> leaf = leaf(queue);
        boolean complete = leaf.isPresent()
                && leaf.get().userLimitFactor().isPresent()
                && (factor(leaf.get()) < 0 || guaranteed(leaf.get(), all).isPresent());
        return complete
                ? Optional.empty()
                : Optional.of("user limits are not known: "
                        + missing.orElse(
                                "the scheduler's page of the ResourceManager does not tell those of queue " + queue));
    }

    private Optional<LeafQueue> leaf(String queue) {
        List<LeafQueue> alike = queues.stream()
                .filter(leaf -> leaf.path().equals(queue) || leaf.path().endsWith("." + queue))
                .toList();
        return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
    }

    private static double factor(LeafQueue leaf) {
        return leaf.userLimitFactor().orElse(0);
    }

    private static Optional<Amount> guaranteed(LeafQueue leaf, Amount all) {
        return leaf.guaranteed()
                .or(() -> leaf.guaranteedShare().isPresent()
                        ? Optional.of(share(all, leaf.guaranteedShare().getAsDouble()))
                        : Optional.empty());
    }

    private static Amount share(Amount whole, double share) {
        return new Amount((long) (whole.memoryMb() * share), (long) (whole.vcores() * share));
    }
}
