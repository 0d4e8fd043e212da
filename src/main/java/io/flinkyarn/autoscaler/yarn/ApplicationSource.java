package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.control.UnreachableException;

/** A YARN cluster, as far as the listing asks it. Stands before Hadoop's client, which {@link YarnSession} drives. */
interface ApplicationSource extends AutoCloseable {

    /**
     * The applications that run, or did and may again, and match as far as the ResourceManager understands the filter.
     *
     * @throws UnreachableException if it does not answer in time, or refuses
     * @throws InterruptedException if the daemon is stopping
     */
    ReportedApplications list(ApplicationFilter filter) throws UnreachableException, InterruptedException;

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
