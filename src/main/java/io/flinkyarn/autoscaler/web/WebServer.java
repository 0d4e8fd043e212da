package io.flinkyarn.autoscaler.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of the daemon. Made and closed by the composition root. It has threads of its own, and what goes wrong in one of them is answered there: it
 * never holds up the scaling of jobs.
 */
public final class WebServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

    /** A slow client holds one, and a thread with it, until the JDK's server cuts it off. Nobody waits for a thread, therefore. */
    private static final int CONNECTIONS = 200;

    private static final Duration IDLE = Duration.ofSeconds(30);

    private static final int MOST_BODY = 16 * 1024;

    /** Read by the JDK's server when its classes are loaded; whoever sets one on the command line wins. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.nodelay", "true",
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "30",
            "sun.net.httpserver.maxReqHeaders", "100",
            "sun.net.httpserver.maxReqHeaderSize", "32768",
            "jdk.httpserver.maxConnections", String.valueOf(CONNECTIONS));

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    static {
        LIMITS.forEach((key, value) -> {
            if (System.getProperty(key) == null) {
                System.setProperty(key, value);
            }
        });
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Gate gate;
    private final Function<Request, Answer> pages;

    /** Requests that are being answered. */
    private final AtomicInteger active = new AtomicInteger();

    private WebServer(HttpServer server, Gate gate, Function<Request, Answer> pages) {
        this.server = server;
        this.gate = gate;
        this.pages = pages;
        this.threads = new ThreadPoolExecutor(
                CONNECTIONS,
                CONNECTIONS,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                // One that found no place would never be closed.
                new ArrayBlockingQueue<>(CONNECTIONS),
                WebServer::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "web");
        thread.setDaemon(true);
        return thread;
    }

    /** Starts to answer by plain HTTP. */
    static WebServer start(InetSocketAddress address, Credentials credentials, Pages pages) throws IOException {
        return start(address, credentials, Optional.empty(), pages);
    }

    /**
     * Starts to answer.
     *
     * @param credentials that are needed to change something, and on another address than loopback to read anything
     * @param tls with the key of the server; empty: plain HTTP
     * @throws IOException if the address is taken, or not one of this host
     * @throws IllegalArgumentException if anybody could read everything, or tickets cannot be answered
     */
    public static WebServer start(
            InetSocketAddress address, Credentials credentials, Optional<SSLContext> tls, Pages pages)
            throws IOException {
        if (!address.getAddress().isLoopbackAddress() && credentials.isEmpty()) {
            throw new IllegalArgumentException(
                    "the pages would be open to everybody on " + address.getHostString()
                            + ": set autoscaler.standalone.web.token-file, web.users-file or web.kerberos.principal, or listen on 127.0.0.1");
        }
        Gate gate = new Gate(address.getAddress(), credentials);
        WebServer web = new WebServer(server(address, tls), gate, pages::answer);
        HttpServer server = web.server;
        server.setExecutor(web.threads);
        server.createContext("/", web::serve);
        server.start();
        return web;
    }

    private static HttpServer server(InetSocketAddress address, Optional<SSLContext> tls) throws IOException {
        if (tls.isEmpty()) {
            return HttpServer.create(address, 0);
        }
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.get()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ours = getSSLContext().getDefaultSSLParameters();
                ours.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
                parameters.setSSLParameters(ours);
            }
        });
        return server;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void serve(HttpExchange exchange) throws IOException {
        active.incrementAndGet();
        try (exchange) {
            Answer answer;
            String accepted = "";
            Optional<String> known = Optional.empty();
            try {
                Request request = Request.of(exchange, body(exchange));
                accepted = request.header("accept-encoding").orElse("");
                known = request.header("if-none-match");
                answer = gate.pass(request, pages);
            } catch (IllegalArgumentException e) {
                answer = Answer.problem(Answer.BAD_REQUEST, String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                LOG.error(
                        "defect of the autoscaler in answering {}",
                        exchange.getRequestURI().getPath(),
                        e);
                answer = Answer.problem(500, "the autoscaler failed with a defect of its own; its log says more");
            }
            send(exchange, answer, known, accepted.contains("gzip"));
        } finally {
            active.decrementAndGet();
        }
    }

    /** It is always read to its end, so that the connection can be used again. */
    private static String body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY + 1);
        if (body.length > MOST_BODY) {
            throw new IllegalArgumentException("the body is larger than " + MOST_BODY + " bytes");
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private void send(HttpExchange exchange, Answer answer, Optional<String> known, boolean zip) throws IOException {
        HEADERS.forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("Cache-Control", answer.etag().isPresent() ? "no-cache" : "no-store");
        exchange.getResponseHeaders().set("Vary", "Accept-Encoding");
        if (answer.status() == Answer.UNAUTHORIZED) {
            gate.challenges().forEach(challenge -> exchange.getResponseHeaders().add("WWW-Authenticate", challenge));
        }
        answer.etag().ifPresent(etag -> exchange.getResponseHeaders().set("ETag", etag));
        if (answer.etag().isPresent() && answer.etag().equals(known)) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        byte[] body = answer.body();
        if (zip && answer.zipped().isPresent()) {
            body = answer.zipped().get();
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), head || body.length == 0 ? -1 : body.length);
        if (!head) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** Lets requests that are being answered end, for a second. */
    @Override
    public void close() {
        // The JDK's server waits for the whole time even where nobody is left.
        server.stop(active.get() == 0 ? 0 : 1);
        threads.shutdownNow();
    }
}
