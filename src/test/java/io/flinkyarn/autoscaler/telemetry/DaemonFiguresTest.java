package io.flinkyarn.autoscaler.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class DaemonFiguresTest {

    @Test
    void theKeyFiguresAreThereForJmxUntilTheyAreClosed() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName(FiguresByJmx.NAME);
        WatchedDaemon daemon = WatchedDaemon.busy();

        try (AutoCloseable shown = daemon.telemetry.showByJmx()) {
            assertThat(shown).isNotNull();
            assertThat(server.getAttribute(name, "Jobs")).isEqualTo(2);
            assertThat(server.getAttribute(name, "JobsUnserved")).isEqualTo(1);
            assertThat(server.getAttribute(name, "ClustersReachable")).isEqualTo(1);
            assertThat(server.getAttribute(name, "StoreAnswering")).isEqualTo(true);
            assertThat(server.getAttribute(name, "Requests")).isEqualTo(1L);
            assertThat(server.getAttribute(name, "LastServed"))
                    .isEqualTo(daemon.clock.instant().toString());
        }

        assertThat(server.isRegistered(name)).isFalse();
    }
}
