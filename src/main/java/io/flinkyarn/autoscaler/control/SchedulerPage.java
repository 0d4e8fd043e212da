package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.resources.Amount;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The scheduler's page of a ResourceManager, which tells of queues what its protocol leaves out. Implemented by the adapter that speaks HTTP, asked by
 * the one that knows YARN. Any thread may call it.
 */
public interface SchedulerPage {

    /**
     * The queues that have applications, with their users.
     *
     * @param manager the ResourceManager's web application
     * @throws UnreachableException if it does not answer, or has a scheduler that knows no user limits
     * @throws InterruptedException if the daemon is stopping
     */
    List<LeafQueue> queues(RestEndpoint manager) throws UnreachableException, InterruptedException;

    /**
     * One queue, in the default partition.
     *
     * @param path from the root on
     * @param guaranteed what it has before it borrows of others; empty: not told
     * @param guaranteedShare the same as a share of all nodes, in [0, 1]; empty: not told
     * @param userLimitFactor how much of what is guaranteed one user may have; below 0: as much as there is; empty: not told
     * @param largest container that it gives; empty: not told
     */
    record LeafQueue(
            String path,
            Optional<Amount> guaranteed,
            OptionalDouble guaranteedShare,
            OptionalDouble userLimitFactor,
            Optional<Amount> largest,
            List<User> users) {

        public LeafQueue {
            users = List.copyOf(users);
        }
    }

    /**
     * Somebody who has applications in a queue.
     *
     * @param used by all of them, with what is reserved
     * @param limit that the scheduler last found for this user. It is found anew whenever something is to be given, and grows as the user does
     * @param weight by which the limit is multiplied
     */
    record User(String name, Amount used, Amount limit, double weight) {}
}
