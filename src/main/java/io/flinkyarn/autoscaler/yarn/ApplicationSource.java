package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.control.UnreachableException;
import java.util.List;

/** A YARN cluster, as far as the listing asks it. Stands before Hadoop's client, which {@link YarnSession} drives. */
interface ApplicationSource extends AutoCloseable {

    /**
     * The applications in state RUNNING that match.
     *
     * @throws UnreachableException if it does not answer in time, or refuses
     * @throws InterruptedException if the daemon is stopping
     */
    List<RunningApplication> running(ApplicationFilter filter) throws UnreachableException, InterruptedException;

    /**
     * What became of an application that was running.
     *
     * @throws UnreachableException if it does not answer in time, or refuses
     * @throws InterruptedException if the daemon is stopping
     */
    Fate fate(String applicationId) throws UnreachableException, InterruptedException;

    @Override
    void close();
}
