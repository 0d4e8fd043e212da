package io.flinkyarn.autoscaler.core.testing;

import static org.junit.jupiter.api.Assertions.fail;

import io.flinkyarn.autoscaler.config.PolicyReader;
import io.flinkyarn.autoscaler.core.job.Edge;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.ShipStrategy;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Small things that tests start from. */
public final class Given {

    /** When the jobs of the tests began to run. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Given() {}

    /** The id of the vertex of this name. */
    public static VertexId id(String name) {
        return new VertexId(String.format("%032x", Integer.toUnsignedLong(name.hashCode())));
    }

    public static JobVertex vertex(String name, int parallelism) {
        return vertex(name, parallelism, 720, OptionalInt.empty());
    }

    public static JobVertex vertex(String name, int parallelism, int maxParallelism, OptionalInt partitions) {
        return new JobVertex(id(name), name, parallelism, maxParallelism, partitions, Optional.empty(), false);
    }

    /** Vertices in a row, not connected by key. */
    public static JobGraph chain(JobVertex... vertices) {
        List<Edge> edges = new ArrayList<>();
        for (int i = 1; i < vertices.length; i++) {
            edges.add(new Edge(vertices[i - 1].id(), vertices[i].id(), ShipStrategy.OTHER));
        }
        return JobGraph.of(List.of(vertices), edges);
    }

    /**
     * The policy of a job that is looked after, without delay of scale-downs and with a restart that takes no time.
     *
     * @param options key without {@code job.autoscaler.}, value, key, value, …
     */
    public static ScalingPolicy policy(String... options) {
        Map<String, String> map = new HashMap<>(Map.of(
                "job.autoscaler.enabled", "true",
                "job.autoscaler.scale-down.interval", "0 s",
                "job.autoscaler.restart.time", "0 s"));
        for (int i = 0; i < options.length; i += 2) {
            String key = options[i].startsWith("taskmanager.") ? options[i] : "job.autoscaler." + options[i];
            map.put(key, options[i + 1]);
        }
        return PolicyReader.withoutDefaults(ZoneOffset.UTC)
                .read(map)
                .match(PolicyReading.Valid::policy, invalid -> fail("refused: " + invalid.problems()));
    }
}
