package io.flinkyarn.autoscaler.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkyarn.autoscaler.control.ShownBoard;
import io.flinkyarn.autoscaler.flink.Certificates;
import io.flinkyarn.autoscaler.flink.Certificates.Store;
import io.flinkyarn.autoscaler.testing.KeyPairs;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server with a certificate of its own. */
class SecureServerTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    private static Path folder;

    private final SettableClock clock = new SettableClock(NOW);
    private final ShownBoard shown = new ShownBoard();
    private SSLContext trusting;
    private WebServer server;

    @BeforeEach
    void start() throws Exception {
        KeyPairs keys = KeyPairs.in(folder);
        Store own = keys.pair("server", "SAN=dns:localhost,ip:127.0.0.1");
        trusting = Certificates.of(Optional.of(keys.trust(List.of("server"))), Optional.empty());
        server = WebServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Credentials.NONE,
                Optional.of(Certificates.of(Optional.empty(), Optional.of(own))),
                pages());
    }

    private Pages pages() {
        return new Pages(
                new Health(() -> NOW, Duration.ofSeconds(10), shown.board, Optional::empty, clock),
                new Api(shown.board, Optional.empty(), SampleOrders.none(shown, clock), clock),
                accept -> new Pages.Metrics("text/plain", new byte[0]));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int get(String protocol) throws Exception {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {protocol});
        URI uri = URI.create("https://localhost:" + server.address().getPort() + "/-/healthy");
        return HttpClient.newBuilder()
                .sslContext(trusting)
                .sslParameters(parameters)
                .build()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void itAnswersByTheProtocolsOfToday() throws Exception {
        assertThat(get("TLSv1.3")).isEqualTo(200);
        assertThat(get("TLSv1.2")).isEqualTo(200);
    }

    @Test
    void itAnswersNobodyWhoSpeaksPlainHttp() {
        URI uri = URI.create("http://localhost:" + server.address().getPort() + "/-/healthy");
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void whoDoesNotTrustItIsNotAnswered() {
        URI uri = URI.create("https://localhost:" + server.address().getPort() + "/-/healthy");
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void aKeytabThatIsNotThereIsRefusedBeforeAnythingIsServed() {
        Credentials tickets = new Credentials(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Credentials.Tickets(
                        "HTTP/localhost@EXAMPLE.COM", folder.resolve("none.keytab"), List.of())));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebServer.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tickets, Optional.empty(), pages()))
                .withMessageStartingWith("cannot answer tickets as HTTP/localhost@EXAMPLE.COM with the keytab ")
                .withMessageContaining("klist -k");
    }
}
