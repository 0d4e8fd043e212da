package io.flinkyarn.autoscaler.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.ShownBoard;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients that begin a request and never end it do to the others. */
class SlowClientsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    private final List<Socket> slow = new ArrayList<>();
    private WebServer server;

    @BeforeEach
    void start() throws IOException {
        SettableClock clock = new SettableClock(NOW);
        ShownBoard shown = new ShownBoard();
        server = WebServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Credentials.NONE,
                new Pages(
                        new Health(() -> NOW, Duration.ofSeconds(10), shown.board, Optional::empty, clock),
                        new Api(shown.board, Optional.empty(), SampleOrders.none(shown, clock), clock),
                        accept -> new Pages.Metrics("text/plain", new byte[0])));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
        server.close();
    }

    @Test
    void manyOfThemHoldUpNobody() throws IOException {
        begin(100);
        assertThat(healthy()).startsWith("HTTP/1.1 200");
    }

    @Test
    void afterAsManyAsTheServerTakesItAnswersAgain() throws IOException {
        begin(180);
        for (Socket socket : slow) {
            socket.close();
        }
        assertThat(healthy()).startsWith("HTTP/1.1 200");
    }

    private void begin(int clients) throws IOException {
        for (int i = 0; i < clients; i++) {
            Socket socket = connect();
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.ISO_8859_1));
            slow.add(socket);
        }
    }

    private String healthy() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write("GET /-/healthy HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.setSoTimeout(8_000);
        return socket;
    }
}
