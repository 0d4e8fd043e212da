package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.control.UnreachableException;
import java.util.OptionalInt;

/** A YARN cluster, as far as it is asked for its room. Stands before Hadoop's client, which {@link YarnSession} drives. */
interface FiguresSource {

    /**
     * What the queues and the nodes have, and what of it is used. Two calls.
     *
     * @throws UnreachableException if it does not answer in time, or refuses
     * @throws InterruptedException if the daemon is stopping
     */
    Figures figures() throws UnreachableException, InterruptedException;

    /**
     * How many containers an application has; empty where YARN does not tell.
     *
     * @throws UnreachableException if it does not answer in time, or refuses
     * @throws InterruptedException if the daemon is stopping
     */
    OptionalInt containers(String applicationId) throws UnreachableException, InterruptedException;
}
