package io.flinkyarn.autoscaler.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on this machine that answers as it is told, by path, and remembers what it was asked. Any thread may call it. */
final class FakeFlink implements AutoCloseable {

    static {
        // Otherwise every answer waits 40 ms for a packet that never comes.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Reaction> reactions = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final String prefix;

    /** What the server does with a request. */
    @FunctionalInterface
    interface Reaction {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** One request as it came over the wire. */
    record Asked(String method, URI uri, Map<String, List<String>> headers, String body) {

        String path() {
            return uri.getPath();
        }
    }

    private FakeFlink(String prefix) throws IOException {
        this.prefix = prefix;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    static FakeFlink direct() throws IOException {
        return new FakeFlink("/");
    }

    static FakeFlink behindProxy(String applicationId) throws IOException {
        return new FakeFlink("/proxy/" + applicationId + "/");
    }

    RestEndpoint endpoint() {
        return new RestEndpoint(
                "blue", URI.create("http://127.0.0.1:" + server.getAddress().getPort() + prefix));
    }

    JobAutoScalerContext job(String jobId) {
        return new JobAutoScalerContext(
                new JobKey("blue", "application_1_0001", jobId), "wordcount", "RUNNING", endpoint(), Optional.empty());
    }

    /** Every path that nothing is said about answers as Flink does to one that it does not know. */
    void on(String path, Reaction reaction) {
        reactions.put(prefix + path, reaction);
    }

    void json(String path, String body) {
        json(path, 200, body);
    }

    void json(String path, int status, String body) {
        on(path, exchange -> send(exchange, status, "application/json; charset=UTF-8", body));
    }

    void answer(String path, Answer answer) {
        on(path, exchange -> {
            answer.headers()
                    .forEach((name, values) -> exchange.getResponseHeaders().add(name, values.get(0)));
            send(exchange, answer.status(), answer.header("content-type"), answer.body());
        });
    }

    static void send(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    List<String> askedPaths() {
        return asked.stream()
                .map(a -> a.method() + " " + a.path().substring(prefix.length()))
                .toList();
    }

    void forgetAsked() {
        asked.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    body));
            String path = exchange.getRequestURI().getPath();
            reactions
                    .getOrDefault(
                            path,
                            e -> send(
                                    e,
                                    404,
                                    "application/json",
                                    "{\"errors\":[\"Unable to load requested file " + path + ".\"]}"))
                    .to(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
