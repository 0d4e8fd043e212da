package io.flinkyarn.autoscaler.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;

/**
 * A Flink application on a {@link MiniYarn}, seen as an operator sees it: through the ResourceManager's web proxy. Any
 * thread may use it.
 */
public final class FlinkApplication implements AutoCloseable {

    private static final Duration REST_DEADLINE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MiniYarn yarn;
    private final ApplicationId id;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(REST_DEADLINE)
            .build();

    private FlinkApplication(MiniYarn yarn, ApplicationId id) {
        this.yarn = yarn;
        this.id = id;
    }

    /**
     * Submits the job by Flink's own command line, and returns when YARN says that the application is running. Its job
     * may not run yet: {@link #awaitRunning}.
     *
     * @param folder for checkpoints, staging and the output of the command
     */
    public static FlinkApplication submit(MiniYarn yarn, FlinkRig rig, LoadJob job, RateSchedule schedule, Path folder)
            throws IOException {
        return new FlinkApplication(yarn, new FlinkCommand(yarn, rig, folder).submit(job, schedule));
    }

    /** A session cluster without a job, of the name, tags and options of this one. */
    static FlinkApplication startSession(MiniYarn yarn, FlinkRig rig, LoadJob session, Path folder) throws IOException {
        return new FlinkApplication(yarn, new FlinkCommand(yarn, rig, folder).startSession(session));
    }

    public ApplicationId id() {
        return id;
    }

    /** The address of Flink's REST API and pages as YARN reports it, which ends with a slash. */
    public URI trackingUrl() throws IOException {
        ApplicationReport report = yarn.report(id);
        if (report.getYarnApplicationState() != YarnApplicationState.RUNNING) {
            throw new IOException(
                    id + " is " + report.getYarnApplicationState() + ", not RUNNING: " + report.getDiagnostics());
        }
        return URI.create(report.getTrackingUrl());
    }

    /** Where we ask. On a secure YARN the proxy wants a login, which is not what we test here: the JobManager itself is asked. */
    private URI rest() throws IOException {
        return UserGroupInformation.isSecurityEnabled()
                ? URI.create(yarn.report(id).getOriginalTrackingUrl() + "/")
                : trackingUrl();
    }

    /** Parallelism by name of the vertices, from the source on; empty while not all subtasks of the job run. */
    public Optional<Map<String, Integer>> runningParallelism() throws IOException {
        JsonNode jobs = get("jobs/overview").path("jobs");
        return jobs.size() == 1 ? runningParallelism(jobs.path(0).path("jid").asText()) : Optional.empty();
    }

    /** The same of one of several jobs. */
    Optional<Map<String, Integer>> runningParallelism(String jobId) throws IOException {
        JsonNode job = get("jobs/" + jobId);
        if (!job.path("state").asText().equals("RUNNING")) {
            return Optional.empty();
        }
        Map<String, Integer> parallelism = new LinkedHashMap<>();
        for (JsonNode vertex : job.path("vertices")) {
            int subtasks = vertex.path("parallelism").asInt();
            if (vertex.path("tasks").path("RUNNING").asInt() != subtasks) {
                return Optional.empty();
            }
            parallelism.put(vertex.path("name").asText(), subtasks);
        }
        return Optional.of(parallelism);
    }

    /** Returns when all subtasks run at the given parallelism of {@code work}. */
    public void awaitRunning(int parallelismOfWork, Duration deadline) throws IOException {
        Await.until(
                id + " runs with " + parallelismOfWork + " subtasks of work",
                deadline,
                () -> runningParallelism()
                        .filter(running -> Integer.valueOf(parallelismOfWork).equals(running.get("work")))
                        .isPresent());
    }

    /** {@code GET /jobs/:id}. Flink caches it for some 3 s. */
    public JsonNode job() throws IOException {
        return get("jobs/" + jobId());
    }

    public String jobId() throws IOException {
        return get("jobs/overview").path("jobs").path(0).path("jid").asText();
    }

    /** The sum over the subtasks of a vertex of a metric, if the vertex has it yet. */
    public Optional<Double> sum(String vertexName, String metric) throws IOException {
        JsonNode values = get(
                "jobs/" + jobId() + "/vertices/" + vertexId(vertexName) + "/subtasks/metrics?agg=sum&get=" + metric);
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.path(0).path("sum").asDouble());
    }

    private String vertexId(String name) throws IOException {
        for (JsonNode vertex : job().path("vertices")) {
            if (vertex.path("name").asText().equals(name)) {
                return vertex.path("id").asText();
            }
        }
        throw new IOException(id + " has no vertex named " + name);
    }

    /** Rescales by hand, as the autoscaler would: {@code PUT /jobs/:id/resource-requirements}. */
    public void rescale(String vertexName, int upperBound) throws IOException {
        String path = "jobs/" + jobId() + "/resource-requirements";
        ObjectNode requirements = (ObjectNode) get(path);
        requirements
                .withObject("/" + vertexId(vertexName) + "/parallelism")
                .put("lowerBound", 1)
                .put("upperBound", upperBound);
        send(HttpRequest.newBuilder(rest().resolve(path))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(requirements.toString())));
    }

    public JsonNode get(String path) throws IOException {
        return send(HttpRequest.newBuilder(rest().resolve(path)));
    }

    private JsonNode send(HttpRequest.Builder builder) throws IOException {
        HttpRequest request = builder.timeout(REST_DEADLINE).build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(request.method() + " " + request.uri() + " answered " + response.statusCode()
                        + ": " + response.body().lines().findFirst().orElse(""));
            }
            return JSON.readTree(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in " + request.method() + " " + request.uri(), e);
        }
    }

    /** Ends it by YARN. */
    @Override
    public void close() throws IOException {
        yarn.kill(id);
    }
}
