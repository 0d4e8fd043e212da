package io.flinkyarn.autoscaler.yarn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkyarn.autoscaler.control.ClusterJobs;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The least that lists jobs over HTTP. The product's own lives in another room, and has its own tests. */
final class OverviewJobs implements ClusterJobs {

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @Override
    public List<FoundJob> list(RestEndpoint endpoint) throws UnreachableException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint.base().resolve("jobs/overview"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            String type = answer.headers().firstValue("Content-Type").orElse("none");
            if (answer.statusCode() != 200 || !type.startsWith("application/json")) {
                throw new UnreachableException(
                        Category.NOT_FLINK, "status " + answer.statusCode() + " and content type " + type);
            }
            List<FoundJob> jobs = new ArrayList<>();
            for (JsonNode job : json.readTree(answer.body()).path("jobs")) {
                jobs.add(new FoundJob(
                        job.path("jid").asText(),
                        job.path("name").asText(),
                        job.path("state").asText()));
            }
            return jobs;
        } catch (IOException e) {
            throw new UnreachableException(Category.NO_ANSWER, "no answer from " + endpoint.base(), e);
        }
    }
}
