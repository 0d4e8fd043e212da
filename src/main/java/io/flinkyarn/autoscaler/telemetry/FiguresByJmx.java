package io.flinkyarn.autoscaler.telemetry;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link DaemonFigures} as the MBean server of the JVM shows them, until it is closed. Nothing hangs on it: where it fails, it says so. */
final class FiguresByJmx implements AutoCloseable {

    static final String NAME = "io.flinkyarn.autoscaler:type=Daemon";

    private static final Logger LOG = LoggerFactory.getLogger(FiguresByJmx.class);

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final DaemonFigures figures;

    FiguresByJmx(DaemonFigures figures) {
        this.figures = figures;
    }

    FiguresByJmx open() {
        try {
            if (!server.isRegistered(name())) {
                server.registerMBean(figures, name());
            }
        } catch (JMException e) {
            LOG.warn("JMX shows no figures of the daemon: {}", e.toString());
        }
        return this;
    }

    private static ObjectName name() throws MalformedObjectNameException {
        return new ObjectName(NAME);
    }

    @Override
    public void close() {
        try {
            if (server.isRegistered(name())) {
                server.unregisterMBean(name());
            }
        } catch (JMException e) {
            LOG.debug("JMX goes on showing figures of the daemon: {}", e.toString());
        }
    }
}
