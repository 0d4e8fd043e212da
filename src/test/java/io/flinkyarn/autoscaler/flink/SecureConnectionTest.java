package io.flinkyarn.autoscaler.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.RestLogin;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.flink.Certificates.Store;
import io.flinkyarn.autoscaler.flink.Certificates.StoreException;
import io.flinkyarn.autoscaler.testing.KeyPairs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against servers with certificates of our own making. */
class SecureConnectionTest {

    private static final String PASSWORD = KeyPairs.PASSWORD;

    @TempDir
    private static Path dir;

    private static Store own;
    private static Store trusted;
    private static Store ofElsewhere;

    private Optional<HttpServer> server = Optional.empty();

    @BeforeAll
    static void makeStores() throws Exception {
        KeyPairs keys = KeyPairs.in(dir);
        own = keys.pair("own", "san=dns:localhost,ip:127.0.0.1");
        ofElsewhere = keys.pair("elsewhere", "san=dns:elsewhere.example");
        trusted = keys.trust(List.of("own", "elsewhere"));
    }

    @AfterEach
    void stop() {
        server.ifPresent(running -> running.stop(0));
    }

    @Test
    void aCertificateThatTheTruststoreHasIsTrusted() throws Exception {
        URI flink = https(own, false);
        assertThat(version(flink, Certificates.of(Optional.of(trusted), Optional.empty())))
                .isEqualTo("2.3.0");
    }

    @Test
    void aCertificateThatNobodyKnowsIsRefusedAndTheRemedyNamed() throws Exception {
        assertThat(failure(https(own, false), SSLContext.getDefault()))
                .hasMessageContaining("no secure connection to localhost:")
                .hasMessageContaining("set tls.truststore.path")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aCertificateOfAnotherHostIsRefusedAlthoughItIsTrusted() throws Exception {
        assertThat(failure(https(ofElsewhere, false), Certificates.of(Optional.of(trusted), Optional.empty())))
                .hasMessageContaining("Its certificate is for another host");
    }

    @Test
    void whoeverIsAskedForACertificateShowsTheOneOfTheKeystore() throws Exception {
        URI flink = https(own, true);
        assertThat(version(flink, Certificates.of(Optional.of(trusted), Optional.of(own))))
                .isEqualTo("2.3.0");
        assertThat(failure(flink, Certificates.of(Optional.of(trusted), Optional.empty())))
                .hasMessageStartingWith("GET " + flink + "config");
    }

    @Test
    void httpsToAPlainPortNamesThePolicy() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> refuse(plain), "plain-server");
            server.setDaemon(true);
            server.start();
            assertThat(failure(URI.create("https://localhost:" + plain.getLocalPort() + "/"), SSLContext.getDefault()))
                    .hasMessageContaining("It speaks plain HTTP: check yarn.http.policy");
        }
    }

    /** What a web server does with a greeting that it does not understand. */
    private static void refuse(ServerSocket plain) {
        try (Socket client = plain.accept()) {
            int first = client.getInputStream().read();
            assertThat(first).as("of a handshake").isEqualTo(22);
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void plainTextToASecurePortNamesThePolicy() throws Exception {
        URI address = URI.create(https(own, false).toString().replace("https:", "http:"));
        assertThat(failure(address, SSLContext.getDefault()))
                .hasMessageContaining("It may expect HTTPS: check yarn.http.policy");
    }

    @Test
    void aStoreThatCannotBeUsedIsNamedAndItsPasswordIsNot() throws IOException {
        Path none = dir.resolve("none.p12");
        Path text = Files.writeString(dir.resolve("text.p12"), "not a key store");
        refused(new Store(none, Optional.of(PASSWORD)), "expected a file that this user may read");
        refused(new Store(text, Optional.of(PASSWORD)), "expected a PKCS12 or JKS file");
        refused(new Store(trusted.file(), Optional.of("wr0ng")), "its right password");
        refused(new Store(trusted.file(), Optional.empty()), "password");
    }

    @Test
    void aStoreWithoutAKeyIsNoneToShow() {
        assertThatThrownBy(() -> Certificates.of(Optional.empty(), Optional.of(trusted)))
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "the key store " + trusted
                                + " is refused: it holds no key; expected one with its certificate, as 'keytool -genkeypair' makes it");
    }

    private static void refused(Store store, String why) {
        assertThatThrownBy(() -> Certificates.of(Optional.of(store), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(store.file().toString())
                .hasMessageContaining(why)
                .hasMessageNotContaining(PASSWORD)
                .hasMessageNotContaining("wr0ng");
        assertThat(store.toString()).doesNotContain(PASSWORD);
    }

    private static UnreachableException failure(URI address, SSLContext context) {
        return catchThrowableOfType(UnreachableException.class, () -> version(address, context));
    }

    private static String version(URI address, SSLContext context) throws Exception {
        FlinkRest rest = new FlinkRest(
                cluster -> RestLimits.DEFAULT, cluster -> Optional.of(context), RestLogin.NONE, new RequestLog());
        return rest.get(new RestEndpoint("blue", address), Route.FEATURES.of(), Features.class)
                .flinkVersion();
    }

    private URI https(Store certificate, boolean wantsOne) throws Exception {
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext context = Certificates.of(Optional.of(trusted), Optional.of(certificate));
        https.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters asked = context.getDefaultSSLParameters();
                asked.setNeedClientAuth(wantsOne);
                parameters.setSSLParameters(asked);
            }
        });
        https.createContext("/config", exchange -> {
            try (exchange) {
                FakeFlink.send(exchange, 200, "application/json", "{\"flink-version\":\"2.3.0\"}");
            }
        });
        https.start();
        server = Optional.of(https);
        return URI.create("https://localhost:" + https.getAddress().getPort() + "/");
    }
}
