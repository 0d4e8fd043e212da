package io.flinkyarn.autoscaler.core;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkyarn.autoscaler.config.PolicyReader;
import io.flinkyarn.autoscaler.core.job.Edge;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.ShipStrategy;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.BusyRatio;
import io.flinkyarn.autoscaler.core.sample.ClusterSample;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.VertexSample;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.PastScaling;
import io.flinkyarn.autoscaler.core.state.PendingScaleDown;
import io.flinkyarn.autoscaler.core.state.PendingScaleDown.Wish;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.TrackedRestart;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One golden case in the terms of the core; {@code golden/README.md} says what its fields mean.
 *
 * @param rounded whether samples, options and evaluated rates are rounded as the original program rounds them: three decimals, half away from
 *     zero, never down to zero; durations in whole seconds
 */
record GoldenCase(String file, JsonNode json, boolean rounded) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static List<GoldenCase> ofFile(String file) {
        try (InputStream in = GoldenCase.class.getResourceAsStream("/golden/" + file)) {
            List<GoldenCase> cases = new ArrayList<>();
            JSON.readTree(in).forEach(json -> cases.add(new GoldenCase(file, json, false)));
            return cases;
        } catch (IOException e) {
            return fail("cannot read " + file, e);
        }
    }

    GoldenCase asTheOriginalRounds() {
        return new GoldenCase(file, json, true);
    }

    String name() {
        return json.get("name").asText();
    }

    PolicyReading reading() {
        Map<String, String> options = new HashMap<>();
        json.get("options")
                .properties()
                .forEach(
                        option -> options.put(option.getKey(), option.getValue().asText()));
        options.put("job.autoscaler.enabled", "true");
        return PolicyReader.withoutDefaults(ZoneOffset.UTC).read(options);
    }

    ScalingPolicy policy() {
        ScalingPolicy policy =
                reading().match(PolicyReading.Valid::policy, invalid -> fail("refused: " + invalid.problems()));
        return rounded ? PolicyVariant.asTheOriginalRounds(policy) : policy;
    }

    /** Whether a duration that stands in a formula is no whole number of seconds. */
    boolean hasPartsOfSeconds() {
        boolean tracked = false;
        for (JsonNode restart : json.path("tracking")) {
            tracked |= restart.path("restartDuration").asText().contains(".");
        }
        ScalingPolicy exact = policy();
        ScalingPolicy whole = PolicyVariant.asTheOriginalRounds(exact);
        return tracked
                || !whole.backlog().equals(exact.backlog())
                || !whole.restart().equals(exact.restart())
                || !whole.observedRate().equals(exact.observedRate());
    }

    /** The decisions to take: one at the time of the last sample, or those of the steps. */
    List<JsonNode> moments() {
        List<JsonNode> moments = new ArrayList<>();
        if (json.has("steps")) {
            json.get("steps").forEach(moments::add);
        } else {
            moments.add(json);
        }
        return moments;
    }

    static Instant instant(JsonNode json, String field) {
        return Instant.parse(json.get(field).asText());
    }

    /** What was known before the first sample. */
    JobState initialState() {
        Map<VertexId, List<PastScaling>> history = new HashMap<>();
        json.path("history").properties().forEach(vertex -> {
            List<PastScaling> changes = new ArrayList<>();
            vertex.getValue()
                    .forEach(c -> changes.add(new PastScaling(
                            instant(c, "at"),
                            c.get("from").asInt(),
                            c.get("to").asInt(),
                            number(c, "trueProcessingRate").orElse(Double.NaN),
                            number(c, "expectedProcessingRate").orElse(Double.NaN))));
            history.put(new VertexId(vertex.getKey()), changes);
        });
        Map<VertexId, PendingScaleDown> pending = new HashMap<>();
        json.path("delayedScaleDown").properties().forEach(vertex -> {
            List<Wish> wishes = new ArrayList<>();
            vertex.getValue()
                    .get("wishes")
                    .forEach(w -> wishes.add(new Wish(
                            instant(w, "at"),
                            w.get("parallelism").asInt(),
                            w.get("outsideBounds").asBoolean())));
            pending.put(
                    new VertexId(vertex.getKey()),
                    new PendingScaleDown(instant(vertex.getValue(), "firstWish"), wishes));
        });
        List<TrackedRestart> restarts = new ArrayList<>();
        json.path("tracking")
                .forEach(t -> restarts.add(new TrackedRestart(
                        instant(t, "decidedAt"),
                        t.path("restartDuration").isTextual()
                                ? Optional.of(seconds(
                                        Duration.parse(t.get("restartDuration").asText())))
                                : Optional.empty())));
        return new JobState(
                MetricsWindow.EMPTY,
                pending,
                history,
                restarts,
                open(restarts, history),
                Optional.empty(),
                Optional.empty());
    }

    /** A rescale whose end is not known is one that is still under way: to the parallelism that was decided on with it. */
    private static Optional<Reconciliation> open(
            List<TrackedRestart> restarts, Map<VertexId, List<PastScaling>> history) {
        if (restarts.isEmpty() || restarts.get(restarts.size() - 1).duration().isPresent()) {
            return Optional.empty();
        }
        Instant decidedAt = restarts.get(restarts.size() - 1).decidedAt();
        Map<VertexId, Integer> target = new HashMap<>();
        history.forEach((vertex, changes) ->
                changes.stream().filter(c -> c.at().equals(decidedAt)).forEach(c -> target.put(vertex, c.to())));
        return target.isEmpty() ? Optional.empty() : Optional.of(Reconciliation.requested(decidedAt, target));
    }

    /**
     * The samples taken after {@code after} and until {@code until}.
     *
     * @param parallelism where it differs from that of the case
     */
    List<JobSample> samples(Instant after, Instant until, Instant runningSince, Map<String, Integer> parallelism) {
        List<JobSample> samples = new ArrayList<>();
        for (JsonNode sample : json.get("samples")) {
            Instant at = instant(sample, "at");
            if (at.isAfter(after) && !at.isAfter(until)) {
                JobGraph graph = graph(parallelism, sample);
                List<VertexSample> vertices = graph.vertices().stream()
                        .map(v -> vertex(sample.get("vertices").get(v.id().hex())))
                        .toList();
                samples.add(new JobSample(at, runningSince, graph, vertices, cluster(sample.get("cluster")), true));
            }
        }
        return samples;
    }

    /** The job as it is at the time of a sample. */
    private JobGraph graph(Map<String, Integer> parallelism, JsonNode sample) {
        List<JobVertex> vertices = new ArrayList<>();
        for (JsonNode v : json.get("graph").get("vertices")) {
            String id = v.get("id").asText();
            int partitions = v.get("sourcePartitions").asInt();
            vertices.add(new JobVertex(
                    new VertexId(id),
                    v.get("name").asText(),
                    parallelism.getOrDefault(id, v.get("parallelism").asInt()),
                    v.get("maxParallelism").asInt(),
                    partitions == 0 ? OptionalInt.empty() : OptionalInt.of(partitions),
                    v.get("slotSharingGroup").isNull()
                            ? Optional.empty()
                            : Optional.of(v.get("slotSharingGroup").asText()),
                    v.get("finished").asBoolean()
                            || sample.get("vertices").get(id).path("finished").asBoolean()));
        }
        List<Edge> edges = new ArrayList<>();
        for (JsonNode e : json.get("graph").get("edges")) {
            edges.add(new Edge(
                    new VertexId(e.get("from").asText()),
                    new VertexId(e.get("to").asText()),
                    ShipStrategy.of(e.get("shipStrategy").asText())));
        }
        return JobGraph.of(vertices, edges);
    }

    private VertexSample vertex(JsonNode v) {
        JsonNode busy = v.path("busyTimeMsPerSecond");
        return new VertexSample(
                busy.isMissingNode()
                        ? Optional.empty()
                        : Optional.of(new BusyRatio(
                                perMille(busy, "min").orElseThrow(),
                                perMille(busy, "max").orElseThrow(),
                                perMille(busy, "avg").orElseThrow())),
                perMille(v.path("backPressuredTimeMsPerSecond"), "avg"),
                metric(v.path("numRecordsInPerSecond"), "sum"),
                metric(v.path("sourceNumRecordsInPerSecond"), "sum"),
                metric(v, "sourceNumRecordsIn"),
                metric(v, "sourceNumRecordsOut"),
                metric(v.path("pendingRecords"), "sum"),
                metric(v, "readRecords"),
                metric(v, "writeRecords"),
                metric(v, "accumulatedBusyTimeMs"),
                OptionalDouble.empty(),
                v.path("finished").asBoolean());
    }

    private ClusterSample cluster(JsonNode c) {
        return new ClusterSample(
                number(c, "heapMax"),
                number(c, "heapUsed"),
                perMille(c, "gcMsPerSecond"),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                integer(c, "taskSlotsTotal"),
                integer(c, "taskSlotsAvailable"));
    }

    private static OptionalInt integer(JsonNode json, String field) {
        return json.has(field) ? OptionalInt.of(json.get(field).asInt()) : OptionalInt.empty();
    }

    /** A ratio that is given in ms/s. */
    private OptionalDouble perMille(JsonNode json, String field) {
        OptionalDouble value = number(json, field);
        return value.isPresent() ? OptionalDouble.of(asTheOriginalRounds(value.getAsDouble() / 1000)) : value;
    }

    private OptionalDouble metric(JsonNode json, String field) {
        OptionalDouble value = number(json, field);
        return value.isPresent() ? OptionalDouble.of(asTheOriginalRounds(value.getAsDouble())) : value;
    }

    private double asTheOriginalRounds(double value) {
        return rounded ? threeDecimals(value) : value;
    }

    /** Half away from zero, never down to zero. */
    static double threeDecimals(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return value;
        }
        double result = new BigDecimal(value).setScale(3, RoundingMode.HALF_UP).doubleValue();
        return result == 0 ? Math.copySign(0.001, value) : result;
    }

    private Duration seconds(Duration duration) {
        return rounded ? duration.truncatedTo(ChronoUnit.SECONDS) : duration;
    }

    /** A number, also "NaN" and "Infinity"; empty where it is absent or null. */
    static OptionalDouble number(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(value.isTextual() ? Double.parseDouble(value.asText()) : value.asDouble());
    }
}
