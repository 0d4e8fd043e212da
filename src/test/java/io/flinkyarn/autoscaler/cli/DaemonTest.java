package io.flinkyarn.autoscaler.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real parts put together, on an H2 file and sockets of this machine. */
@Timeout(60)
class DaemonTest {

    @TempDir
    private Path directory;

    private Surroundings surroundings = new Surroundings(new Directories(Path.of(""), Path.of("")), Map.of());

    @BeforeEach
    void keepFilesInTheTemporaryDirectory() {
        surroundings = new Surroundings(
                new Directories(directory.resolve("conf"), directory.resolve("run")),
                Map.of("AUTOSCALER_DATA_DIR", directory.resolve("data").toString()));
    }

    private Daemon open(int port) throws Refusal {
        List<String> options = List.of(
                "--flinkClusterHost",
                "127.0.0.1",
                "--flinkClusterPort",
                String.valueOf(port),
                "--autoscaler.standalone.control-loop.interval",
                "100ms");
        return Daemon.open(surroundings, surroundings.configuration(options), Clock.systemUTC());
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void a_cluster_that_is_away_is_no_reason_not_to_start_and_the_status_says_so() throws Exception {
        Path status = surroundings.directories().statusFile();
        try (Daemon daemon = open(closedPort())) {
            daemon.start();
            while (!Files.exists(status) || !Files.readString(status).contains("NOT REACHABLE")) {
                Thread.onSpinWait();
            }
        }
        assertThat(status).doesNotExist();
    }

    @Test
    void a_Flink_cluster_that_answers_is_asked_for_its_jobs() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        HttpServer flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        flink.createContext("/jobs/overview", exchange -> {
            byte[] body = "{\"jobs\":[]}".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
            asked.countDown();
        });
        flink.start();
        try (Daemon daemon = open(flink.getAddress().getPort())) {
            daemon.start();
            asked.await();
        } finally {
            flink.stop(0);
        }
    }

    @Test
    void the_database_is_closed_with_the_daemon_and_can_be_opened_by_the_next() throws Exception {
        int port = closedPort();
        open(port).close();
        assertThat(directory.resolve("data/autoscaler.mv.db")).exists();
        assertThat(directory.resolve("data/autoscaler.lock.db")).doesNotExist();
        open(port).close();
    }

    @Test
    void a_data_directory_that_is_a_file_is_refused() throws Exception {
        Files.writeString(directory.resolve("data"), "");
        int port = closedPort();
        assertThatThrownBy(() -> open(port))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Cannot open the database");
    }
}
