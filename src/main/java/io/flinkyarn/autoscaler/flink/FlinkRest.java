package io.flinkyarn.autoscaler.flink;

import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.RestLogin;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.flink.Route.RestPath;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * Flink's REST API as we use it: JSON by GET and PUT, the only methods that YARN's web proxy passes on. One for the process, made by the
 * composition root, used by everything in this package. Any thread may call it; it keeps its connections.
 *
 * <p>Every request has a deadline, and a shorter one for the connection, every cluster a bound on its requests in flight and, through its proxy, on those in a second. Redirects are not followed, and whatever is not JSON
 * is not Flink: on a cluster with a proxy and a login, pages come back with status 200.
 */
public final class FlinkRest {

    /** A host that swallows packets says nothing, ever. Those that are there answer within milliseconds; two lost packets are made up for in 3 s. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http = client().build();
    /** Of the clusters that have certificates of their own. */
    private final ConcurrentMap<String, HttpClient> secured = new ConcurrentHashMap<>();

    private final Function<String, RestLimits> limits;
    private final Function<String, Optional<SSLContext>> certificates;
    private final RestLogin login;
    private final RequestLog log;
    private final InFlight inFlight;
    private final Pace pace;

    /** Without certificates but those that the JVM trusts. */
    public FlinkRest(Function<String, RestLimits> limits, RestLogin login, RequestLog log) {
        this(limits, cluster -> Optional.empty(), login, log);
    }

    /**
     * @param limits by the name of the cluster that a request goes to
     * @param certificates likewise; empty: as the JVM has it
     */
    public FlinkRest(
            Function<String, RestLimits> limits,
            Function<String, Optional<SSLContext>> certificates,
            RestLogin login,
            RequestLog log) {
        this.limits = limits;
        this.certificates = certificates;
        this.login = login;
        this.log = log;
        this.inFlight = new InFlight(cluster -> limits.apply(cluster).inFlight());
        this.pace = new Pace(cluster -> limits.apply(cluster).perSecond());
    }

    <T> T get(RestEndpoint endpoint, RestPath path, Class<T> type) throws UnreachableException, InterruptedException {
        return read(Exchange.get(endpoint, path, ""), type);
    }

    /** All names that there are: an answer without values. */
    List<Metric> metricNames(RestEndpoint endpoint, RestPath path) throws UnreachableException, InterruptedException {
        return List.of(read(Exchange.get(endpoint, path, ""), Metric[].class));
    }

    /** Metrics by name, in several requests if the names are too long for one. A name that Flink does not know is left out. */
    List<Metric> metrics(RestEndpoint endpoint, RestPath path, MetricQuery query)
            throws UnreachableException, InterruptedException {
        int room = Exchange.MAX_URL
                - Exchange.get(endpoint, path, "").uri().toString().length()
                - 1;
        List<Metric> metrics = new ArrayList<>();
        for (String batch : query.batches(room)) {
            metrics.addAll(List.of(read(Exchange.get(endpoint, path, batch), Metric[].class)));
        }
        return metrics;
    }

    /** Sends JSON. Idempotent, as PUT is: the same body twice declares the same thing. */
    void put(RestEndpoint endpoint, RestPath path, Object body) throws UnreachableException, InterruptedException {
        answer(Exchange.put(endpoint, path, Json.write(body)));
    }

    private <T> T read(Exchange exchange, Class<T> type) throws UnreachableException, InterruptedException {
        Answer answer = answer(exchange);
        try {
            return Json.read(answer.body(), type);
        } catch (IOException e) {
            throw RestFailure.malformed(exchange, e);
        }
    }

    /** A JSON answer of success; everything else is an exception. */
    private Answer answer(Exchange exchange) throws UnreachableException, InterruptedException {
        if (exchange.uri().toString().length() > Exchange.MAX_URL) {
            throw RestFailure.tooLong(exchange);
        }
        String cluster = exchange.endpoint().cluster();
        RestLimits limits = this.limits.apply(cluster);
        if (!inFlight.enter(exchange.endpoint(), limits.timeout())) {
            throw new UnreachableException(
                    Category.NO_ANSWER,
                    exchange.name() + " was not sent: cluster " + cluster + " has had " + limits.inFlight()
                            + " requests in flight for " + RestFailure.seconds(limits.timeout())
                            + ". It answers too slowly for the number of its jobs");
        }
        Answer answer;
        try {
            answer = sendLoggedIn(exchange, limits);
        } finally {
            inFlight.leave(exchange.endpoint());
        }
        if (!answer.isJson()) {
            throw RestFailure.notFlink(exchange, answer);
        }
        if (!answer.isSuccess()) {
            throw RestFailure.refused(exchange, answer);
        }
        return answer;
    }

    private Answer sendLoggedIn(Exchange exchange, RestLimits limits)
            throws UnreachableException, InterruptedException {
        Answer answer = send(exchange, limits);
        boolean again = login.answered(exchange.endpoint(), answer.status(), answer.headers());
        if (!again) {
            return answer;
        }
        Answer second = send(exchange, limits);
        login.answered(exchange.endpoint(), second.status(), second.headers());
        return second;
    }

    private Answer send(Exchange exchange, RestLimits limits) throws UnreachableException, InterruptedException {
        HttpRequest request = request(exchange);
        if (exchange.endpoint().isProxied()) {
            keepPace(exchange, limits);
        }
        long start = System.nanoTime();
        CompletableFuture<HttpResponse<byte[]>> sending = clientOf(
                        exchange.endpoint().cluster())
                .sendAsync(request, head -> new BoundedBody(limits.answerBytes()));
        String outcome = "no_answer";
        try {
            // The timeout of HttpRequest ends with the headers; this one covers the body as well.
            HttpResponse<byte[]> response = sending.get(limits.timeout().toNanos(), TimeUnit.NANOSECONDS);
            outcome = String.valueOf(response.statusCode());
            return new Answer(
                    response.statusCode(),
                    lowerCase(response.headers().map()),
                    new String(response.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            throw RestFailure.timeout(exchange, limits.timeout());
        } catch (ExecutionException e) {
            throw RestFailure.noAnswer(exchange, e.getCause() == null ? e : e.getCause());
        } finally {
            sending.cancel(true);
            count(exchange, outcome, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** The proxy is part of the ResourceManager, which is everybody's. */
    private void keepPace(Exchange exchange, RestLimits limits) throws UnreachableException, InterruptedException {
        String cluster = exchange.endpoint().cluster();
        if (!pace.await(cluster, limits.timeout())) {
            throw new UnreachableException(
                    Category.NO_ANSWER,
                    exchange.name() + " was not sent: cluster " + cluster + " gets " + limits.perSecond()
                            + " requests a second through its proxy, and those before this one need more than "
                            + RestFailure.seconds(limits.timeout())
                            + ". It has more jobs than that allows at the interval of the control loop");
        }
    }

    /** Compares the name in a certificate with that of the host, as the JDK's client does unless the whole JVM is told not to. */
    private HttpClient clientOf(String cluster) {
        return certificates
                .apply(cluster)
                .map(context -> secured.computeIfAbsent(
                        cluster, c -> client().sslContext(context).build()))
                .orElse(http);
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(Redirect.NEVER);
    }

    private HttpRequest request(Exchange exchange) throws UnreachableException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(exchange.uri()).header("Accept", "application/json");
        login.headers(exchange.endpoint()).forEach(request::header);
        if (exchange.method().equals("PUT")) {
            return request.header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(exchange.body()))
                    .build();
        }
        return request.build();
    }

    private void count(Exchange exchange, String outcome, Duration took) {
        RestEndpoint endpoint = exchange.endpoint();
        log.add(
                new RequestLog.Request(
                        endpoint.cluster(),
                        endpoint.way(),
                        exchange.method(),
                        exchange.path().route().template(),
                        outcome),
                took);
    }

    private static Map<String, List<String>> lowerCase(Map<String, List<String>> headers) {
        Map<String, List<String>> lowerCase = new HashMap<>();
        headers.forEach((name, values) -> lowerCase.put(name.toLowerCase(Locale.ROOT), values));
        return lowerCase;
    }
}
