package io.flinkyarn.autoscaler.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Absence;
import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.ClusterView.Standing;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.JobFacts;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.JobView.Decided;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.ShownBoard;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.job.Edge;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.ShipStrategy;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.sample.ClusterSample;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.VertexSample;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the daemon answers over HTTP, to friends and to others. */
class WebServerTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "of a test";

    /** Of 'open: sesame', by openssl passwd -6. */
    private static final String HASH =
            "$6$ofatest$.1uCH3yNLk8rpd5ho8Phf2uukIuv8OELtfMeUi391Wc1.HwMyhzFXbEvvKHMJ/yLKosqzBeFZjOiyPFbv2LSy0";

    private final SettableClock clock = new SettableClock(NOW);
    private final ShownBoard shown = new ShownBoard();
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Optional<Absence> absence = Optional.empty();
    private WebServer server;

    @BeforeEach
    void start() throws IOException {
        Health health = new Health(() -> NOW, Duration.ofSeconds(10), shown.board, () -> absence, clock);
        server = WebServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new Credentials(
                        Optional.of(TOKEN), Optional.of(PasswordFile.of(List.of("ann:" + HASH))), Optional.empty()),
                new Pages(
                        health,
                        new Api(shown.board, Optional.empty(), SampleOrders.none(shown, clock), clock),
                        accept -> new Pages.Metrics("text/plain", "up 1\n".getBytes(StandardCharsets.UTF_8))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void showTwoJobs() {
        shown.show(new ClusterView(
                "yarn",
                Standing.REACHABLE,
                NOW,
                2,
                List.of(),
                List.of(),
                List.of(new Problem("application_9", "it answered 403")),
                Optional.of(NOW),
                Optional.empty()));
        shown.show(job("a"));
        shown.show(job("b/ü"));
    }

    private static JobView job(String name) {
        VertexId source = new VertexId("0000000000000000000000000000000a");
        VertexId sink = new VertexId("0000000000000000000000000000000b");
        JobGraph graph = JobGraph.of(
                List.of(vertex(source, "Source", 2), vertex(sink, "Sink", 3)),
                List.of(new Edge(source, sink, ShipStrategy.HASH)));
        Hold hold = Hold.because(HoldReason.WINDOW_FILLING, "full at noon");
        OptionalDouble none = OptionalDouble.empty();
        return new JobView(
                new JobAutoScalerContext(
                        new JobKey("yarn", "application_" + name, "00000000000000000000000000000001"),
                        name,
                        "RUNNING",
                        new RestEndpoint("yarn", URI.create("http://localhost:1/")),
                        Optional.of(new Application("app", "root.prod", "alice", Set.of()))),
                JobMode.SCALING,
                Optional.empty(),
                Optional.of(graph),
                Optional.of(new Decided(hold, NOW, NOW.minusSeconds(5))),
                Optional.empty(),
                Optional.of(NOW),
                Optional.empty(),
                Optional.of(new JobFacts("1.20.5", true, Map.of("s3.secret-key", "hidden"))),
                Optional.of(new JobSample(
                        NOW,
                        NOW.minusSeconds(600),
                        graph,
                        List.of(pressed(0.25), pressed(Double.NaN)),
                        new ClusterSample(none, none, none, none, none, OptionalInt.empty(), OptionalInt.empty()),
                        true)));
    }

    private static VertexSample pressed(double ratio) {
        OptionalDouble none = OptionalDouble.empty();
        return new VertexSample(
                Optional.empty(),
                OptionalDouble.of(ratio),
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                false);
    }

    private static JobVertex vertex(VertexId id, String name, int parallelism) {
        return new JobVertex(id, name, parallelism, 128, OptionalInt.empty(), Optional.of("all"), false);
    }

    @Test
    void everyJobIsListedWithWhyItIsHeld() throws Exception {
        showTwoJobs();
        JsonNode job = json("/api/v1/jobs").path("jobs").path(0);
        assertThat(job.path("reason").asText()).isEqualTo("WINDOW_FILLING");
        assertThat(job.path("reasonText").asText()).isEqualTo(HoldReason.WINDOW_FILLING.sentence());
        assertThat(job.path("detail").asText()).isEqualTo("full at noon");
        assertThat(job.path("reasonSince").asText()).isEqualTo("2026-03-02T11:59:55Z");
        assertThat(job.path("parallelism").asInt()).isEqualTo(5);
        assertThat(job.path("slots").asInt()).isEqualTo(3);
    }

    @Test
    void theListComesInPages() throws Exception {
        showTwoJobs();
        JsonNode first = json("/api/v1/jobs?limit=1");
        assertThat(first.path("jobs")).hasSize(1);
        JsonNode second =
                json("/api/v1/jobs?limit=1&after=" + encode(first.path("next").asText()));
        assertThat(second.path("jobs")).hasSize(1);
        assertThat(second.path("jobs").path(0).path("name").asText()).isEqualTo("b/ü");
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void aJobIsFoundByItsIdWithItsGraph() throws Exception {
        showTwoJobs();
        String id = json("/api/v1/jobs").path("jobs").path(1).path("id").asText();
        JsonNode job = json("/api/v1/jobs/" + id);
        assertThat(job.path("name").asText()).isEqualTo("b/ü");
        assertThat(job.path("flinkVersion").asText()).isEqualTo("1.20.5");
        assertThat(job.toString()).doesNotContain("hidden");
        assertThat(job.path("vertices")).hasSize(2);
        assertThat(job.at("/vertices/0/backPressuredRatio").asDouble()).isEqualTo(0.25);
        assertThat(job.path("vertices").path(1).has("backPressuredRatio")).isFalse();
        assertThat(job.path("edges").path(0).path("to").asText()).isEqualTo("0000000000000000000000000000000b");
    }

    @Test
    void aClusterIsToldWithItsProblems() throws Exception {
        showTwoJobs();
        JsonNode cluster = json("/api/v1/clusters").path("clusters").path(0);
        assertThat(cluster.path("standing").asText()).isEqualTo("REACHABLE");
        assertThat(cluster.path("problems").path(0).path("message").asText()).isEqualTo("it answered 403");
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() throws Exception {
        showTwoJobs();
        String etag = get("/api/v1/jobs").headers().firstValue("ETag").orElseThrow();
        clock.advance(Duration.ofSeconds(5));
        assertThat(get("/api/v1/jobs", "If-None-Match", etag).statusCode()).isEqualTo(304);
        shown.forget(job("a").job().key());
        clock.advance(Duration.ofSeconds(2));
        assertThat(get("/api/v1/jobs", "If-None-Match", etag).statusCode()).isEqualTo(200);
    }

    @Test
    void largeAnswersAreZippedForWhoeverCanReadThat() throws Exception {
        showTwoJobs();
        HttpRequest request = HttpRequest.newBuilder(uri("/api/v1/jobs"))
                .header("Accept-Encoding", "gzip")
                .build();
        HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        try (InputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(answer.body()))) {
            assertThat(JSON.readTree(in).path("jobs")).hasSize(2);
        }
    }

    @Test
    void theDashboardIsServedWithAPolicyThatAllowsNoOtherSite() throws Exception {
        HttpResponse<String> page = get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'self';")
                .contains("frame-ancestors 'none'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void metricsAreServed() throws Exception {
        assertThat(get("/metrics").body()).isEqualTo("up 1\n");
    }

    @Test
    void itIsHealthyAsLongAsTheLoopMoves() throws Exception {
        assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(121));
        HttpResponse<String> late = get("/-/healthy");
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(late.body()).startsWith("the loop has not moved since 2026-03-02T12:00:00Z");
    }

    @Test
    void itIsReadyWhenAClusterAnswersAndTheDatabaseDoes() throws Exception {
        assertThat(get("/-/ready").statusCode()).isEqualTo(503);
        showTwoJobs();
        assertThat(get("/-/ready").statusCode()).isEqualTo(200);
        absence = Optional.of(new Absence(NOW, "gone", 0, 0));
        assertThat(get("/-/ready").body()).isEqualTo("the database does not answer since 2026-03-02T12:00:00Z\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/..%2f..%2fetc%2fpasswd",
                "/js/../../logback.xml",
                "/js/..%5c..%5clogback.xml",
                "//etc/passwd",
                "/js/",
                "/uplot/../../../../db/migration/R__views.sql"
            })
    void nothingOutsideTheFolderIsServed(String path) throws IOException {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void aNameThatWasPointedAtThisAddressIsNotAnswered() throws IOException {
        assertThat(raw("GET /api/v1/jobs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
        assertThat(raw("GET /api/v1/jobs HTTP/1.1\r\nHost: LOCALHOST:8099\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void nothingIsTakenWithoutTheTokenOrFromAnotherSite() throws Exception {
        assertThat(post("/api/v1/jobs/yarn/a/b/pause").statusCode()).isEqualTo(401);
        assertThat(post("/api/v1/jobs/yarn/a/b/pause", "Authorization", "Bearer of another")
                        .statusCode())
                .isEqualTo(401);
        assertThat(post(
                                "/api/v1/jobs/yarn/a/b/pause",
                                "Authorization",
                                "Bearer " + TOKEN,
                                "Origin",
                                "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("/api/v1/jobs/yarn/a/b/pause", "Authorization", "Bearer " + TOKEN)
                        .statusCode())
                .isNotIn(401, 403);
    }

    @Test
    void aLineBreakInARequestSetsNoHeader() throws IOException {
        String answer =
                raw("GET /api/v1/jobs/a%0d%0aSet-Cookie:x=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 404");
        assertThat(answer.substring(0, answer.indexOf("\r\n\r\n"))).doesNotContain("Set-Cookie");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "DELETE /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/v1/jobs?limit=0 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/v1/jobs?limit=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET \r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void whatCannotBeUnderstoodIsRefusedAndTheNextIsAnswered(String request) throws Exception {
        assertThat(raw(request)).matches("(?s)(HTTP/1.1 4.*)?");
        assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
    }

    @Test
    void aLargeBodyAndALargeHeaderAreRefused() throws Exception {
        assertThat(raw(
                        "POST /api/v1/jobs/a/b/c/pause HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 20000\r\n\r\n"
                                + "x".repeat(20_000)))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Large: " + "x".repeat(100_000)
                        + "\r\n\r\n"))
                .doesNotStartWith("HTTP/1.1 200");
        assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
    }

    @Test
    void aPasswordOpensWhatTheTokenDoesAndSaysWhoItIs() throws Exception {
        HttpResponse<String> wrong = post("/api/v1/jobs/yarn/a/b/pause", "Authorization", basic("ann:close"));
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.headers().allValues("www-authenticate"))
                .containsExactly("Basic realm=\"Flink autoscaler\", charset=\"UTF-8\"", "Bearer");

        HttpResponse<String> right = post("/api/v1/jobs/yarn/a/b/pause", "Authorization", basic("ann:open: sesame"));
        assertThat(right.statusCode()).as("the body is no order").isEqualTo(400);
        assertThat(get("/api/v1/jobs").headers().allValues("www-authenticate"))
                .as("who may read without a password is not asked for one")
                .isEmpty();
    }

    private static String basic(String nameAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(nameAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anAddressThatOthersReachNeedsAToken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebServer.start(
                        new InetSocketAddress("0.0.0.0", 0),
                        Credentials.NONE,
                        new Pages(
                                new Health(() -> NOW, Duration.ofSeconds(10), shown.board, Optional::empty, clock),
                                new Api(shown.board, Optional.empty(), SampleOrders.none(shown, clock), clock),
                                accept -> new Pages.Metrics("", new byte[0]))))
                .withMessageContaining("autoscaler.standalone.web.token-file");
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        return send(request, headers);
    }

    private HttpResponse<String> post(String path, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString("{}")), headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws Exception {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + server.address().getPort() + path);
    }

    private static String encode(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Everything that comes back, as it comes. */
    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(request.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                // It was cut off while it was still sending.
                return "";
            }
        }
    }
}
