package io.flinkyarn.autoscaler.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkyarn.autoscaler.control.ShownBoard;
import io.flinkyarn.autoscaler.testing.ManyJobs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server answers for 1,000 jobs of 5 vertices. With {@code -Dmeasure=true} it prints how fast it answers many viewers at once, too. */
class ApiOfManyJobsTest {

    private static final int JOBS = 1000;
    private static final int CLIENTS = 8;

    /** Just below what the server answers in a second, of all clients together. */
    private static final int REQUESTS_PER_SECOND = 90;

    private static final int REQUESTS = 8 * REQUESTS_PER_SECOND;

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    private final ShownBoard shown = new ShownBoard();
    private final HttpClient client = HttpClient.newHttpClient();
    private WebServer server;

    @BeforeEach
    void start() throws IOException {
        ManyJobs.of(JOBS, NOW).forEach(shown::show);
        Clock clock = Clock.systemUTC();
        server = WebServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Credentials.NONE,
                new Pages(
                        new Health(() -> NOW, Duration.ofSeconds(10), shown.board, Optional::empty, clock),
                        new Api(shown.board, Optional.empty(), SampleOrders.none(shown, clock), clock),
                        accept -> new Pages.Metrics("text/plain", new byte[0])));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aThousandJobsAreOneAnswerOfLessThanAHundredKilobytes() throws Exception {
        HttpResponse<byte[]> plain = ask("api/v1/jobs");
        assertThat(new ObjectMapper().readTree(plain.body()).get("jobs")).hasSize(JOBS);
        HttpResponse<byte[]> zipped = ask("api/v1/jobs", "Accept-Encoding", "gzip");
        System.out.printf(
                "1,000 jobs are %d kB, zipped %d kB%n", plain.body().length / 1024, zipped.body().length / 1024);
        assertThat(zipped.body().length).isBetween(1024, 100 * 1024);
        if (Boolean.getBoolean("measure")) {
            String job =
                    new ObjectMapper().readTree(plain.body()).at("/jobs/500/id").asText();
            String etag = plain.headers().firstValue("ETag").orElseThrow();
            for (int round = 0; round < 2; round++) {
                measure("all jobs", "api/v1/jobs", "Accept-Encoding", "gzip");
                measure("all jobs, unchanged", "api/v1/jobs", "Accept-Encoding", "gzip", "If-None-Match", etag);
                measure("one job", "api/v1/jobs/" + job, "Accept-Encoding", "gzip");
            }
        }
    }

    private void measure(String what, String path, String... headers) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            long start = System.nanoTime();
            List<Future<Long>> asked = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                long at = start + Duration.ofSeconds(1).toNanos() * i / REQUESTS_PER_SECOND;
                asked.add(clients.submit(timed(at, path, headers)));
            }
            List<Long> micros = new ArrayList<>();
            for (Future<Long> one : asked) {
                micros.add(one.get());
            }
            micros.sort(null);
            System.out.printf(
                    "%s, %d clients, %d requests/s: median %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                    what,
                    CLIENTS,
                    REQUESTS_PER_SECOND,
                    micros.get(REQUESTS / 2) / 1000.0,
                    micros.get(REQUESTS * 99 / 100) / 1000.0,
                    micros.get(REQUESTS - 1) / 1000.0);
        } finally {
            clients.shutdownNow();
        }
    }

    /** From when it should have been sent: a server that is late is not asked later. */
    private Callable<Long> timed(long at, String path, String... headers) {
        return () -> {
            LockSupport.parkNanos(at - System.nanoTime());
            int status = ask(path, headers).statusCode();
            assertThat(status).isIn(200, 304);
            return (System.nanoTime() - at) / 1000;
        };
    }

    private HttpResponse<byte[]> ask(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + "/" + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }
}
