package io.flinkyarn.autoscaler.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A daemon that tells the sample answers of the API, takes orders with one token, and can fall silent. Any thread may call it. */
final class SampleDaemon implements AutoCloseable {

    static final String TOKEN = "of a test";

    /** One that was taken. */
    record Order(String path, JsonNode body) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHARTS = "META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final String API = "/api/v1/";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final List<Order> orders = new CopyOnWriteArrayList<>();
    private volatile int jobs;
    private volatile boolean silent;
    private volatile boolean closed;
    private volatile UnaryOperator<JsonNode> change = answer -> answer;

    SampleDaemon() throws IOException {
        jobs = sample("jobs.json").get("jobs").size();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    List<Order> orders() {
        return List.copyOf(orders);
    }

    /** From now on it knows so many jobs. */
    void multiply(int count) {
        jobs = count;
    }

    /** From now on it answers so. */
    void change(UnaryOperator<JsonNode> next) {
        change = next;
    }

    void fallSilent(boolean next) {
        silent = next;
    }

    /** Of ann, whose password it takes in the place of the token. */
    static final String PASSWORD = "öffne dich";

    /** From now on nothing can be read without a token. */
    void closeToStrangers() {
        closed = true;
    }

    static JsonNode sample(String name) {
        return resource("web/" + name)
                .map(bytes -> {
                    try {
                        return JSON.readTree(bytes);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElseThrow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (silent) {
                return;
            }
            String path = exchange.getRequestURI().getPath();
            exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'");
            if (!path.startsWith(API)) {
                sendFile(exchange, path.equals("/") ? "/index.html" : path);
            } else if (exchange.getRequestMethod().equals("POST")) {
                take(exchange, path.substring(API.length()));
            } else if (closed && !knows(exchange)) {
                refuse(exchange);
            } else {
                tell(exchange, exchange.getRequestURI().getRawPath().substring(API.length()));
            }
        }
    }

    private static void sendFile(HttpExchange exchange, String path) throws IOException {
        String name = path.startsWith("/uplot/") ? CHARTS + path.substring("/uplot/".length()) : "web" + path;
        Optional<byte[]> file = resource(name);
        String type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
        send(exchange, file.isPresent() ? 200 : 404, type, file.orElse(new byte[0]));
    }

    private void take(HttpExchange exchange, String path) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        if (!knows(exchange)) {
            refuse(exchange);
            return;
        }
        orders.add(new Order(path, body));
        sendJson(
                exchange,
                200,
                JSON.createObjectNode()
                        .put("message", "taken, by " + body.path("user").asText()));
    }

    private static boolean knows(HttpExchange exchange) {
        return Set.of("Bearer " + TOKEN, "Basic YW5uOsO2ZmZuZSBkaWNo")
                .contains(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        sendJson(exchange, 401, JSON.createObjectNode().put("message", "The token is not the one of this daemon"));
    }

    private void tell(HttpExchange exchange, String path) throws IOException {
        Optional<JsonNode> found = found(path);
        if (found.isEmpty()) {
            sendJson(exchange, 404, JSON.createObjectNode().put("message", "There is no '" + path + "'"));
            return;
        }
        JsonNode body = change.apply(found.get());
        String etag = '"' + Integer.toHexString(body.hashCode()) + '"';
        exchange.getResponseHeaders().set("ETag", etag);
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        sendJson(exchange, 200, body);
    }

    private Optional<JsonNode> found(String path) {
        if (path.equals("jobs")) {
            return Optional.of(manyJobs());
        }
        if (path.equals("clusters") || path.equals("history") || path.equals("orders")) {
            return Optional.of(sample(path + ".json"));
        }
        String known = "jobs/" + sample("job.json").get("id").asText();
        if (!path.startsWith(known)) {
            return Optional.empty();
        }
        String rest = path.substring(known.length());
        return switch (rest) {
            case "" -> Optional.of(sample("job.json"));
            case "/decisions", "/events", "/metrics" -> Optional.of(sample(rest.substring(1) + ".json"));
            default -> rest.startsWith("/decisions/") ? Optional.of(sample("decision.json")) : Optional.empty();
        };
    }

    private JsonNode manyJobs() {
        ObjectNode answer = sample("jobs.json").deepCopy();
        ArrayNode list = answer.withArray("jobs");
        int samples = list.size();
        for (int i = samples; i < jobs; i++) {
            ObjectNode copy = list.get(i % samples).deepCopy();
            copy.put("id", copy.get("id").asText() + i)
                    .put("name", copy.get("name").asText() + "-" + i);
            list.add(copy);
        }
        return answer;
    }

    private static void sendJson(HttpExchange exchange, int status, JsonNode body) throws IOException {
        send(exchange, status, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static Optional<byte[]> resource(String name) {
        try (InputStream in = SampleDaemon.class.getClassLoader().getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
