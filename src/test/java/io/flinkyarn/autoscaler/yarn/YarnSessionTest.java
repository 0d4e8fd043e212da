package io.flinkyarn.autoscaler.yarn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.it.HadoopConf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against real sockets; how long a call takes that gets no answer is the point of it. */
@Timeout(30)
class YarnSessionTest {

    private static final ApplicationFilter FLINK = ApplicationFilter.of(Set.of("Apache Flink"), Set.of());

    @TempDir
    Path dir;

    @Test
    void aResourceManagerThatIsNotThereIsReportedWithinSeconds() throws Exception {
        int port = freePort();
        Failed failed = call(Map.of("yarn.resourcemanager.address", "localhost:" + port), Duration.ofSeconds(20));
        assertThat(failed.why().category()).isEqualTo(Category.NO_ANSWER);
        assertThat(failed.why())
                .hasMessageContaining("the ResourceManager at localhost:" + port + " does not answer")
                .hasMessageContaining("Connection refused")
                .hasMessageContaining("check that it runs");
        assertThat(failed.after()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void neitherOfTwoThatAreNotThereIsWaitedForLong() throws Exception {
        int one = freePort();
        int other = freePort();
        Failed failed = call(
                Map.of(
                        "yarn.resourcemanager.ha.enabled", "true",
                        "yarn.resourcemanager.ha.rm-ids", "rm1,rm2",
                        "yarn.resourcemanager.address.rm1", "localhost:" + one,
                        "yarn.resourcemanager.address.rm2", "localhost:" + other,
                        "yarn.resourcemanager.cluster-id", "test"),
                Duration.ofSeconds(20));
        assertThat(failed.why().category()).isEqualTo(Category.NO_ANSWER);
        assertThat(failed.why()).hasMessageContaining("localhost:" + one + " or localhost:" + other);
        assertThat(failed.after()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void oneThatAcceptsAndIsSilentIsGivenUpAtTheDeadline() throws Exception {
        try (ServerSocket blackHole = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Failed failed = call(
                    Map.of("yarn.resourcemanager.address", "localhost:" + blackHole.getLocalPort()),
                    Duration.ofSeconds(2));
            assertThat(failed.why().category()).isEqualTo(Category.NO_ANSWER);
            assertThat(failed.why()).hasMessageContaining("localhost:" + blackHole.getLocalPort());
            assertThat(failed.after()).isLessThan(Duration.ofMillis(2_800));
        }
    }

    @Test
    void aSilentOneDoesNotHoldTheNextCallEither() throws Exception {
        try (ServerSocket blackHole = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                YarnSession session = session(
                        Map.of("yarn.resourcemanager.address", "localhost:" + blackHole.getLocalPort()),
                        Duration.ofMillis(500))) {
            for (int i = 0; i < 3; i++) {
                assertThat(failing(session).after()).isLessThan(Duration.ofMillis(1_500));
            }
        }
    }

    @Test
    void whereNoResourceManagerIsNamedTheMessageSaysSo() throws Exception {
        CallFailure failure = new CallFailure(HadoopConfDir.read(
                HadoopConf.write(dir, Map.of(), Map.of("yarn.acl.enable", "true")),
                Duration.ofSeconds(1),
                Optional.empty()));
        assertThat(failure.explain("list applications", new IOException("Connection refused")))
                .hasMessageContaining("0.0.0.0:8032")
                .hasMessageContaining("set yarn.resourcemanager.hostname");
    }

    private record Failed(UnreachableException why, Duration after) {}

    private Failed call(Map<String, String> yarnSite, Duration deadline) throws Exception {
        try (YarnSession session = session(yarnSite, deadline)) {
            return failing(session);
        }
    }

    private YarnSession session(Map<String, String> yarnSite, Duration deadline) throws Exception {
        return new YarnSession(
                "test",
                HadoopConfDir.read(HadoopConf.write(dir, Map.of(), yarnSite), deadline, Optional.empty()),
                new SimpleIdentity(),
                deadline,
                new RequestLog());
    }

    private static Failed failing(YarnSession session) {
        long start = System.nanoTime();
        UnreachableException why = catchThrowableOfType(UnreachableException.class, () -> session.list(FLINK));
        return new Failed(why, Duration.ofNanos(System.nanoTime() - start));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
