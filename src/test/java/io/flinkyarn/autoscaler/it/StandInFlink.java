package io.flinkyarn.autoscaler.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flinkyarn.autoscaler.testing.Declaration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The REST API of a Flink cluster that answers as Flink 1.20 does: its bodies are recorded ones with the numbers of its {@link StandInJob}s filled
 * in. Unlike a real Flink it can be asked for something at the worst moment: it answers late, loses answers, refuses, and tells how far a
 * request has come, so that the process that asks can be killed there. That the real one answers so is shown by {@link AutoscalerOnYarnIT}.
 * Any thread may call it.
 */
final class StandInFlink implements AutoCloseable {

    private static final String RECORDING = "/flink/1.20.5-measured/";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the one that asks is at. */
    enum Moment {
        /** A job is sampled. */
        SAMPLED,
        /** Flink is asked for the present requirements: the decision was taken. */
        ASKED,
        /** The request is here, and Flink has done nothing. */
        ARRIVED,
        /** Flink has taken it, and not answered. */
        APPLIED,
        /** The answer is on its way. */
        ANSWERED
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, StandInJob> jobs = new LinkedHashMap<>();
    private final Map<String, String> options;
    private final List<Declaration> declarations = new CopyOnWriteArrayList<>();
    private final Random faults;
    private volatile double faulty;
    private volatile Consumer<Moment> observer = moment -> {};

    /**
     * @param options of every job
     * @param faulty share of the requests that go wrong in one of the ways there are
     */
    StandInFlink(int jobCount, Map<String, String> options, double faulty, long seed) throws IOException {
        this.options = new ConcurrentHashMap<>(options);
        this.faulty = faulty;
        this.faults = new Random(seed);
        for (int i = 1; i <= jobCount; i++) {
            String id = String.format("%032x", seed * 1000 + i);
            jobs.put(id, new StandInJob(recorded("05-job"), id, "job-" + i, seed + i));
        }
        // Otherwise every answer waits 40 ms for a packet that never comes.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<StandInJob> jobs() {
        return List.copyOf(jobs.values());
    }

    /** Every request for other requirements so far, in the order in which they took effect. */
    List<Declaration> declarations() {
        return List.copyOf(declarations);
    }

    /** Is told of every moment from now on, on the thread of the request, which goes on when it returns. */
    void observe(Consumer<Moment> next) {
        observer = next;
    }

    /** Holds for the processes that ask from now on. */
    void setOption(String key, String value) {
        options.put(key, value);
    }

    /** From now on nothing goes wrong, and the jobs come to rest. */
    void calmDown() {
        faulty = 0;
        jobs().forEach(job -> job.keepBusy(0.65));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
            JsonNode body = exchange.getRequestMethod().equals("PUT")
                    ? JSON.readTree(exchange.getRequestBody().readAllBytes())
                    : JsonNodeFactory.instance.nullNode();
            Instant arrived = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            if (body.isObject()) {
                put(exchange, requireNonNull(jobs.get(path[1])), body, arrived);
            } else {
                send(exchange, 200, get(exchange, path));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode get(HttpExchange exchange, String[] path) throws IOException, InterruptedException {
        if (happens()) {
            TimeUnit.MILLISECONDS.sleep(random(150));
        }
        String route = path[path.length - 1];
        StandInJob job = path.length > 1 ? jobs.get(path[1]) : null;
        if (job == null) {
            return switch (route) {
                case "config" -> recorded("01-config");
                case "overview" -> overview();
                case "metrics" ->
                    recorded(path[0].equals("jobmanager") ? "56-jobmanager-metrics" : "52-taskmanagers-metrics");
                default -> throw new IOException("no route " + List.of(path));
            };
        }
        return switch (route) {
            case "config" -> configuration();
            case "metrics" -> metrics(job, path[3], exchange.getRequestURI().getRawQuery());
            case "resource-requirements" -> {
                observer.accept(Moment.ASKED);
                yield job.requirements();
            }
            default -> {
                observer.accept(Moment.SAMPLED);
                yield job.details();
            }
        };
    }

    private JsonNode overview() {
        ArrayNode lines = JsonNodeFactory.instance.arrayNode();
        jobs.values().forEach(job -> lines.add(job.overview()));
        return JsonNodeFactory.instance.objectNode().set("jobs", lines);
    }

    private JsonNode configuration() {
        ArrayNode configuration = (ArrayNode) recorded("54-job-jobmanager-config");
        options.forEach(
                (key, value) -> configuration.addObject().put("key", key).put("value", value));
        return configuration;
    }

    private static JsonNode metrics(StandInJob job, String vertex, @Nullable String query) {
        if (query == null) {
            return recorded("21-vertex0-subtasks-metrics-list");
        }
        String names = Arrays.stream(query.split("&"))
                .filter(part -> part.startsWith("get="))
                .map(part -> URLDecoder.decode(part.substring("get=".length()), UTF_8))
                .findFirst()
                .orElse("");
        return job.metrics(vertex, List.of(names.split(",")));
    }

    /** A request that has come this far takes effect even if the one that sent it is dead. */
    private void put(HttpExchange exchange, StandInJob job, JsonNode body, Instant arrived)
            throws IOException, InterruptedException {
        observer.accept(Moment.ARRIVED);
        boolean goesWrong = happens();
        int how = random(4);
        if (goesWrong && how == 0) {
            TimeUnit.MILLISECONDS.sleep(50 + random(250));
        }
        boolean lost = goesWrong && how == 1;
        boolean refused = goesWrong && how == 2;
        boolean answerLost = goesWrong && how == 3;
        declarations.add(job.declare(upperBounds(body), arrived, !lost && !refused));
        observer.accept(Moment.APPLIED);
        if (refused) {
            send(exchange, 409, JSON.readTree("{\"errors\": [\"The job cannot be rescaled at this moment.\"]}"));
        } else if (!lost && !answerLost) {
            send(exchange, 200, JsonNodeFactory.instance.objectNode());
        }
        exchange.close();
        observer.accept(Moment.ANSWERED);
    }

    private static Map<String, Integer> upperBounds(JsonNode body) {
        Map<String, Integer> bounds = new HashMap<>();
        body.properties()
                .forEach(vertex -> bounds.put(
                        vertex.getKey(),
                        vertex.getValue().at("/parallelism/upperBound").intValue()));
        return bounds;
    }

    private boolean happens() {
        synchronized (faults) {
            return faults.nextDouble() < faulty;
        }
    }

    private int random(int bound) {
        synchronized (faults) {
            return faults.nextInt(bound);
        }
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static JsonNode recorded(String name) {
        try (InputStream in = requireNonNull(StandInFlink.class.getResourceAsStream(RECORDING + name + ".json"))) {
            return JSON.readTree(in).get("body");
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
