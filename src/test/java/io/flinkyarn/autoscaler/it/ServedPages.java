package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What a running daemon serves over HTTP, beside what is to be seen in a browser. */
final class ServedPages {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ServedPages() {}

    /** @param job that was rescaled */
    static void assertServed(URI home, String job) throws IOException {
        assertThat(get(home, "-/healthy")).isEqualTo("the loop moves\n");
        assertThat(get(home, "-/ready")).isEqualTo("jobs are looked after\n");
        assertThat(get(home, "metrics"))
                .contains("# TYPE flink_autoscaler_job_rescales_total counter", "job_name=\"" + job + "\"");
        assertThat(get(home, "api/v1/jobs")).contains("\"name\":\"" + job + "\"", "\"mode\":\"SCALING\"");
        assertThat(get(home, "")).contains("<!doctype html>");
    }

    private static String get(URI home, String path) throws IOException {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(home.resolve(path))
                                    .timeout(PATIENCE)
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
