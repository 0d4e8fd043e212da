package io.flinkyarn.autoscaler.flink;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Requests that only find out whether a way is open. For people who look for what is wrong. Any thread may call it. */
public final class Probe {

    private final FlinkRest rest;
    private final Clock clock;

    public Probe(FlinkRest rest, Clock clock) {
        this.rest = rest;
        this.clock = clock;
    }

    /**
     * Asks a ResourceManager for itself, at {@code /ws/v1/cluster/info} (Hadoop: ResourceManager REST API).
     *
     * @return version and state, for people
     * @throws UnreachableException if its web application does not answer with JSON
     */
    public String resourceManager(RestEndpoint pages) throws UnreachableException, InterruptedException {
        AboutYarn info =
                rest.get(pages, Route.RESOURCE_MANAGER.of(), Envelope.class).clusterInfo();
        return "version " + info.version().orElse("unknown") + ", "
                + info.state().orElse("state unknown")
                + info.haState().map(state -> ", " + state).orElse("");
    }

    record Envelope(@JsonProperty(required = true) AboutYarn clusterInfo) {}

    record AboutYarn(
            @JsonProperty("resourceManagerVersion") Optional<String> version,
            Optional<String> state,
            Optional<String> haState) {}

    /**
     * Whether a PUT comes to Flink: sends requirements for none of the vertices, which Flink refuses without changing anything (Flink: REST API, resource
     * requirements; they have to name every vertex).
     *
     * @return what Flink said
     * @throws UnreachableException if something else answered, or nothing
     */
    public String put(JobAutoScalerContext job) throws UnreachableException, InterruptedException {
        try {
            rest.put(job.rest(), Route.REQUIREMENTS.of(job.key().jobId()), Map.of());
            return "Flink took requirements for no vertex";
        } catch (UnreachableException e) {
            if (e.category() != Category.REFUSED) {
                throw e;
            }
            return "Flink has seen it, and refused it as it should";
        }
    }

    /** How far the clock of the JobManager is ahead of ours; negative: behind. Right but for the time of the request, and some seconds that Flink keeps an answer. */
    public Duration clockAhead(JobAutoScalerContext job) throws UnreachableException, InterruptedException {
        Instant before = clock.instant();
        Instant now = Instant.ofEpochMilli(
                rest.get(job.rest(), Route.JOB.of(job.key().jobId()), Now.class).now());
        Instant after = clock.instant();
        if (now.isBefore(before)) {
            return Duration.between(before, now);
        }
        return now.isAfter(after) ? Duration.between(after, now) : Duration.ZERO;
    }

    record Now(@JsonProperty(required = true) long now) {}
}
