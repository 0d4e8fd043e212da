package io.flinkyarn.autoscaler.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RequestLog.Request;
import io.flinkyarn.autoscaler.control.RequestLog.Way;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.RestLogin;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlinkRestTest {

    private static final RestLimits SHORT = RestLimits.DEFAULT.withTimeout(Duration.ofMillis(300));

    private final RequestLog log = new RequestLog();
    private FakeFlink flink;

    @BeforeEach
    void start() throws IOException {
        flink = FakeFlink.behindProxy("application_1_0001");
    }

    @AfterEach
    void stop() {
        flink.close();
    }

    @Test
    void aHostThatSwallowsWhatIsSentIsNamedAsSuch() {
        Exchange exchange = Exchange.get(flink.endpoint(), Route.FEATURES.of(), "");

        assertThat(RestFailure.noAnswer(exchange, new HttpConnectTimeoutException("HTTP connect timed out")))
                .hasMessageContaining(
                        "no connection to " + flink.endpoint().base().getAuthority() + " within 5 s. ");
    }

    @Test
    void readsWhatFlinkSends() throws Exception {
        flink.json("config", "{\"flink-version\":\"1.20.5\",\"features\":{\"web-rescale\":true}}");

        Features features = get(RestLimits.DEFAULT);

        assertThat(features.flinkVersion()).isEqualTo("1.20.5");
        assertThat(features.rescale()).isTrue();
    }

    @Test
    void doesNotFollowARedirectAndNamesTheApplicationThatHasNoJobManager() {
        flink.answer("config", Recorded.proxy("application-page"));

        UnreachableException e = failure(() -> get(RestLimits.DEFAULT));

        assertThat(e.category()).isEqualTo(Category.NOT_FLINK);
        assertThat(e)
                .hasMessageStartingWith("GET " + flink.endpoint().base() + "config was not answered by Flink: ")
                .hasMessageContaining("application_1795354922814_0001")
                .hasMessageNotContaining("\n");
        assertThat(flink.askedPaths()).containsExactly("GET config");
    }

    @Test
    void aPageWithStatus200IsNotFlink() {
        flink.answer("config", Recorded.proxy("login-page"));

        UnreachableException e = failure(() -> get(RestLimits.DEFAULT));

        assertThat(e.category()).isEqualTo(Category.NOT_FLINK);
        assertThat(e).hasMessageContaining("a login page titled 'Sign in to the data platform'");
    }

    @Test
    void cutsTheStackTraceOffFlinksErrors() {
        flink.json("config", 500, Recorded.flink("2.3.0-default-scheduler", "60-put-default-scheduler"));

        UnreachableException e = failure(() -> get(RestLimits.DEFAULT));

        assertThat(e.category()).isEqualTo(Category.REFUSED);
        assertThat(e)
                .hasMessageEndingWith(
                        "was refused with 500: The DefaultScheduler does not support changing the parallelism without a"
                                + " job restart. This feature is currently only expected to work with the AdaptiveScheduler.");
    }

    @Test
    void aJobThatFlinkDoesNotKnowHasGone() {
        flink.json(
                "config",
                404,
                "{\"errors\":[\"org.apache.flink.runtime.rest.NotFoundException: Job 00 not found\\n\\tat org.apache\"]}");

        UnreachableException e = failure(() -> get(RestLimits.DEFAULT));

        assertThat(e.category()).isEqualTo(Category.GONE);
        assertThat(e).hasMessageEndingWith("was refused with 404: Job 00 not found");
    }

    @Test
    void aJobThatFlinkDoesNotFindHasGoneEvenIfItSays500() {
        flink.json(
                "config",
                500,
                "{\"errors\":[\"Internal server error.\",\"<Exception on server side:\\norg.apache.flink.runtime.messages."
                        + "FlinkJobNotFoundException: Could not find Flink job (00)\\n\\tat x\"]}");

        assertThat(failure(() -> get(RestLimits.DEFAULT)).category()).isEqualTo(Category.GONE);
    }

    @Test
    void aPathThatFlinkDoesNotKnowIsNotAJobThatHasGone() {
        assertThat(failure(() -> get(RestLimits.DEFAULT)).category()).isEqualTo(Category.REFUSED);
    }

    @Test
    void aLeaderElectionIsNoRefusal() {
        flink.json(
                "config", 503, "{\"errors\":[\"Service temporarily unavailable due to an ongoing leader election.\"]}");

        assertThat(failure(() -> get(RestLimits.DEFAULT)).category()).isEqualTo(Category.NO_ANSWER);
    }

    @Test
    void jsonOfSomebodyElseIsMalformed() {
        flink.json("config", "{\"apps\":{}}");

        UnreachableException e = failure(() -> get(RestLimits.DEFAULT));

        assertThat(e.category()).isEqualTo(Category.MALFORMED);
        assertThat(e).hasMessageContaining("flink-version").hasMessageNotContaining("\n");
    }

    @Test
    void anAddressThatIsTooLongForFlinkIsNotSent() {
        RestEndpoint far = new RestEndpoint("blue", flink.endpoint().base().resolve("x".repeat(4000) + "/"));

        UnreachableException e = failure(() -> rest(RestLimits.DEFAULT).get(far, Route.FEATURES.of(), Features.class));

        assertThat(e.category()).isEqualTo(Category.REFUSED);
        assertThat(e).hasMessageStartingWith("GET /config was not sent").hasMessageContaining("of cluster blue");
        assertThat(flink.asked()).isEmpty();
    }

    @Test
    void whatIsSentIsOneLineOfAscii() throws Exception {
        flink.json("jobs/00/resource-requirements", "{}");

        rest(RestLimits.DEFAULT).put(flink.endpoint(), Route.REQUIREMENTS.of("00"), Map.of("größe", "first\nsecond"));

        assertThat(flink.asked().get(0).body()).matches("[ -~]+").contains("gr\\u00F6\\u00DFe");
    }

    @Test
    void aPortWhereNobodyListensIsNoAnswer() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        RestEndpoint nobody = new RestEndpoint("blue", URI.create("http://127.0.0.1:" + port + "/"));

        UnreachableException e = failure(() -> rest(SHORT).get(nobody, Route.FEATURES.of(), Features.class));

        assertThat(e.category()).isEqualTo(Category.NO_ANSWER);
        assertThat(e).hasMessageContaining("no connection to 127.0.0.1:" + port);
    }

    @Test
    void anUnknownHostIsCalledUnknown() {
        RestEndpoint nowhere = new RestEndpoint("blue", URI.create("http://nowhere.invalid:8081/"));

        UnreachableException e =
                failure(() -> rest(RestLimits.DEFAULT).get(nowhere, Route.FEATURES.of(), Features.class));

        assertThat(e.category()).isEqualTo(Category.NO_ANSWER);
        assertThat(e).hasMessageContaining("host name of nowhere.invalid:8081 is unknown here");
    }

    @Test
    void givesUpOnAnAnswerThatDoesNotBegin() {
        CountDownLatch end = new CountDownLatch(1);
        flink.on("config", exchange -> end.await());

        UnreachableException e = failure(() -> get(SHORT));
        end.countDown();

        assertThat(e.category()).isEqualTo(Category.NO_ANSWER);
        assertThat(e).hasMessageContaining("no whole answer within 300 ms");
    }

    @Test
    void givesUpOnAnAnswerThatDoesNotEnd() {
        CountDownLatch end = new CountDownLatch(1);
        flink.on("config", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            end.await();
        });

        UnreachableException e = failure(() -> get(SHORT));
        end.countDown();

        assertThat(e.category()).isEqualTo(Category.NO_ANSWER);
    }

    @Test
    void givesUpOnAnAnswerThatIsTooLarge() {
        flink.json("config", "{\"flink-version\":\"" + "1".repeat(2000) + "\"}");

        UnreachableException e = failure(() -> get(new RestLimits(Duration.ofSeconds(5), 4, 200, 1000)));

        assertThat(e.category()).isEqualTo(Category.MALFORMED);
        assertThat(e).hasMessageContaining("the answer has more than 1000 bytes");
    }

    @Test
    void requestsThroughAProxyKeepThePaceOfTheirCluster() throws Exception {
        flink.json("config", "{\"flink-version\":\"2.3.0\"}");
        FlinkRest rest = rest(RestLimits.DEFAULT.withPerSecond(5));
        long start = System.nanoTime();
        for (int i = 0; i < 8; i++) {
            rest.get(flink.endpoint(), Route.FEATURES.of(), Features.class);
        }
        // five at once, and three that wait for a fifth of a second each
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(550));

        FlinkRest hasty = rest(RestLimits.DEFAULT.withPerSecond(1).withTimeout(Duration.ofMillis(500)));
        ThrowingCallable twice = () -> {
            hasty.get(flink.endpoint(), Route.FEATURES.of(), Features.class);
            hasty.get(flink.endpoint(), Route.FEATURES.of(), Features.class);
        };
        UnreachableException late = failure(twice);
        assertThat(late.category()).isEqualTo(Category.NO_ANSWER);
        assertThat(late).hasMessageContaining("cluster blue gets 1 requests a second through its proxy");
    }

    @Test
    void whatDoesNotGoThroughAProxyHasNoPace() throws Exception {
        try (FakeFlink direct = FakeFlink.direct()) {
            direct.json("config", "{\"flink-version\":\"2.3.0\"}");
            FlinkRest rest = rest(RestLimits.DEFAULT.withPerSecond(1).withTimeout(Duration.ofMillis(500)));
            for (int i = 0; i < 3; i++) {
                rest.get(direct.endpoint(), Route.FEATURES.of(), Features.class);
            }
        }
    }

    @Test
    void neverHasMoreRequestsInFlightThanTheBound() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Semaphore arrived = new Semaphore(0);
        CountDownLatch go = new CountDownLatch(1);
        flink.on("config", exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            arrived.release();
            go.await();
            now.decrementAndGet();
            FakeFlink.send(exchange, 200, "application/json", "{\"flink-version\":\"2.3.0\"}");
        });
        FlinkRest rest = rest(RestLimits.DEFAULT.withInFlight(3));
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            List<Future<Features>> answers = IntStream.range(0, 12)
                    .mapToObj(
                            i -> threads.submit(() -> rest.get(flink.endpoint(), Route.FEATURES.of(), Features.class)))
                    .toList();
            arrived.acquire(3);
            go.countDown();
            for (Future<Features> answer : answers) {
                assertThat(answer.get().flinkVersion()).isEqualTo("2.3.0");
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(most).hasValue(3);
    }

    @Test
    void oneClusterThatHangsDoesNotHoldUpAnother() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        flink.on("config", exchange -> {
            arrived.countDown();
            end.await();
        });
        flink.json("jobs/overview", "{\"jobs\":[]}");
        FlinkRest rest = rest(RestLimits.DEFAULT.withInFlight(1));
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Features> hanging =
                    threads.submit(() -> rest.get(flink.endpoint(), Route.FEATURES.of(), Features.class));
            arrived.await();
            RestEndpoint green = new RestEndpoint("green", flink.endpoint().base());

            assertThat(rest.get(green, Route.JOBS.of(), JobsOverview.class).jobs())
                    .isEmpty();
            assertThat(hanging).isNotDone();
        } finally {
            end.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void asksForManyNamesInUrlsThatFlinkAccepts() throws Exception {
        List<String> names = IntStream.range(0, 200)
                .mapToObj(i -> "Source__äpfel, 100% busy? nr" + i + ".pendingRecords")
                .toList();
        List<String> asked = new ArrayList<>();
        flink.on("jobmanager/metrics", exchange -> {
            String query = exchange.getRequestURI().getRawQuery();
            assertThat(query).endsWith("&agg=min%2Cmax");
            asked.addAll(
                    List.of(query.substring("get=".length(), query.indexOf('&')).split("%2C(?!%20100)")));
            FakeFlink.send(exchange, 200, "application/json", "[{\"id\":\"a\",\"max\":\"NaN\"}]");
        });

        List<Metric> metrics = rest(RestLimits.DEFAULT)
                .metrics(
                        flink.endpoint(), Route.JOBMANAGER_METRICS.of(), new MetricQuery(names, List.of("min", "max")));

        assertThat(asked).hasSize(200).contains("Source__%C3%A4pfel%2C%20100%25%20busy%3F%20nr7.pendingRecords");
        assertThat(flink.asked())
                .hasSizeGreaterThan(1)
                .allSatisfy(a -> assertThat(flink.endpoint()
                                .base()
                                .resolve(a.uri())
                                .toString()
                                .length())
                        .isLessThanOrEqualTo(4000));
        assertThat(metrics).hasSameSizeAs(flink.asked());
        assertThat(metrics.get(0).max().orElseThrow()).isNaN();
    }

    @Test
    void sendsOneLineOfAsciiWithAContentTypeThatTheProxyKeeps() throws Exception {
        flink.json("jobs/7/resource-requirements", "{}");

        rest(RestLimits.DEFAULT).put(flink.endpoint(), Route.REQUIREMENTS.of("7"), Map.of("größe\n", List.of("€")));

        FakeFlink.Asked put = flink.asked().get(0);
        assertThat(put.method()).isEqualTo("PUT");
        assertThat(put.body()).isEqualTo("{\"gr\\u00F6\\u00DFe\\n\":[\"\\u20AC\"]}");
        assertThat(put.headers().get("Content-type")).containsExactly("application/json");
    }

    @Test
    void countsEveryRequestByRouteAndOutcome() throws Exception {
        flink.json("jobs/7/resource-requirements", "{}");
        FlinkRest rest = rest(SHORT);

        rest.put(flink.endpoint(), Route.REQUIREMENTS.of("7"), Map.of());
        rest.put(flink.endpoint(), Route.REQUIREMENTS.of("7"), Map.of());
        failure(() -> rest.get(flink.endpoint(), Route.FEATURES.of(), Features.class));

        assertThat(log.counts())
                .extracting(RequestLog.Count::request, RequestLog.Count::requests)
                .containsExactly(
                        tuple(new Request("blue", Way.PROXY, "GET", "/config", "404"), 1L),
                        tuple(new Request("blue", Way.PROXY, "PUT", "/jobs/:job/resource-requirements", "200"), 2L));
        assertThat(log.total()).isEqualTo(3);
    }

    @Test
    void asksOnceMoreWhenTheLoginSaysThatItWillHelp() throws Exception {
        flink.on("config", exchange -> {
            boolean known = "token".equals(exchange.getRequestHeaders().getFirst("Cookie"));
            FakeFlink.send(
                    exchange, known ? 200 : 401, "application/json", known ? "{\"flink-version\":\"2.3.0\"}" : "{}");
        });
        FlinkRest rest = new FlinkRest(cluster -> RestLimits.DEFAULT, new SecondTimeLogin(), log);

        assertThat(rest.get(flink.endpoint(), Route.FEATURES.of(), Features.class)
                        .flinkVersion())
                .isEqualTo("2.3.0");
        assertThat(flink.asked()).hasSize(2);
    }

    private static final class SecondTimeLogin implements RestLogin {
        private volatile boolean refused;

        @Override
        public Map<String, String> headers(RestEndpoint endpoint) {
            return refused ? Map.of("Cookie", "token") : Map.of();
        }

        @Override
        public boolean answered(RestEndpoint endpoint, int status, Map<String, List<String>> headers) {
            boolean first = status == 401 && !refused;
            refused = true;
            return first;
        }
    }

    private FlinkRest rest(RestLimits limits) {
        return new FlinkRest(cluster -> limits, RestLogin.NONE, log);
    }

    private Features get(RestLimits limits) throws UnreachableException, InterruptedException {
        return rest(limits).get(flink.endpoint(), Route.FEATURES.of(), Features.class);
    }

    private static UnreachableException failure(ThrowingCallable call) {
        UnreachableException failure = catchThrowableOfType(UnreachableException.class, call);
        assertThat(failure).as("the call fails").isNotNull();
        return failure;
    }
}
