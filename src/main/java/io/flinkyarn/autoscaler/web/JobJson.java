package io.flinkyarn.autoscaler.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkyarn.autoscaler.control.Archive.Today;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.JobFacts;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.job.Edge;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.resources.SlotDemand;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A job as the API shows it. */
final class JobJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JobJson() {}

    /** The name of a job in paths. */
    static String id(JobKey key) {
        return Stream.of(key.cluster(), key.applicationId(), key.jobId())
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    /**
     * One line of the list.
     *
     * @param today empty where it is not known
     */
    static ObjectNode line(JobView view, Optional<Today> today) {
        JobKey key = view.job().key();
        ObjectNode job = JSON.objectNode()
                .put("id", id(key))
                .put("cluster", key.cluster())
                .put("application", key.applicationId());
        Optional<Application> application = view.job().application();
        job.put("flinkVersion", view.facts().map(JobFacts::flinkVersion).orElse(null));
        job.put("applicationName", application.map(Application::name).orElse(null))
                .put("jobId", key.jobId())
                .put("name", view.job().jobName())
                .put("queue", application.map(Application::queue).orElse(null))
                .put("user", application.map(Application::user).orElse(null))
                .put("mode", view.mode().name());
        ArrayNode policies = job.putArray("policies");
        view.options().ifPresent(options -> options.named().forEach(policies::add));
        reason(view, job);
        parallelism(view, job);
        view.rescale()
                .ifPresent(rescale -> job.putObject("rescale")
                        .put("decidedAt", rescale.decidedAt().toString())
                        .put("phase", rescale.phase().name())
                        .put("since", rescale.since().toString())
                        .put("detail", rescale.detail().orElse(null)));
        today.ifPresent(
                day -> job.put("restartsToday", day.restarts()).put("slotHoursSavedToday", day.slotHoursSaved()));
        view.served().ifPresent(at -> job.put("servedAt", at.toString()));
        return job;
    }

    private static void reason(JobView view, ObjectNode job) {
        job.put("reason", view.reason().orElse(null));
        view.decided().ifPresent(decided -> {
            String text = decided.decision()
                    .match(
                            hold -> hold.reason().sentence(),
                            rescale -> rescale.trigger().sentence());
            job.put("reasonText", text)
                    .put("detail", view.detail().orElse(null))
                    .put("reasonSince", decided.since().toString());
        });
        view.trouble()
                .ifPresent(trouble -> job.putObject("trouble")
                        .put("message", trouble.message())
                        .put("since", trouble.since().toString())
                        .put("nextTry", trouble.nextTry().toString()));
    }

    private static void parallelism(JobView view, ObjectNode job) {
        if (view.graph().isEmpty()) {
            return;
        }
        JobGraph graph = view.graph().get();
        Map<VertexId, Integer> targets = view.targets();
        int now = 0;
        int target = 0;
        for (JobVertex vertex : graph.vertices()) {
            now += vertex.parallelism();
            target += targets.getOrDefault(vertex.id(), vertex.parallelism());
        }
        job.put("parallelism", now).put("targetParallelism", target);
        put(job, "slots", SlotDemand.of(graph, Map.of()));
        put(job, "targetSlots", SlotDemand.of(graph, targets));
        put(
                job,
                "lag",
                verdicts(view).values().stream()
                        .map(Verdict::lag)
                        .filter(OptionalDouble::isPresent)
                        .mapToDouble(OptionalDouble::getAsDouble)
                        .reduce(Double::sum));
    }

    /** The whole job. */
    static ObjectNode whole(JobView view, Optional<Today> today) {
        ObjectNode job = line(view, today);
        ArrayNode vertices = job.putArray("vertices");
        ArrayNode edges = job.putArray("edges");
        if (view.graph().isEmpty()) {
            return job;
        }
        Map<VertexId, Verdict> verdicts = verdicts(view);
        Map<VertexId, Integer> targets = view.targets();
        for (JobVertex vertex : view.graph().get().vertices()) {
            ObjectNode node = vertices.addObject()
                    .put("id", vertex.id().hex())
                    .put("name", vertex.name())
                    .put("parallelism", vertex.parallelism())
                    .put("targetParallelism", targets.getOrDefault(vertex.id(), vertex.parallelism()))
                    .put("maxParallelism", vertex.maxParallelism());
            put(node, "backPressuredRatio", backPressured(view, vertex.id()));
            Verdict verdict = verdicts.get(vertex.id());
            if (verdict != null) {
                put(node, "busyRatio", verdict.busyRatio());
                put(node, "trueProcessingRate", verdict.trueProcessingRate());
                put(node, "targetRate", verdict.targetRate());
                put(node, "scaleUpThreshold", verdict.scaleUpThreshold());
                put(node, "scaleDownThreshold", verdict.scaleDownThreshold());
                put(node, "lag", verdict.lag());
            }
        }
        for (Edge edge : view.graph().get().edges()) {
            edges.addObject()
                    .put("from", edge.from().hex())
                    .put("to", edge.to().hex())
                    .put("shipStrategy", edge.shipStrategy().name());
        }
        return job;
    }

    private static OptionalDouble backPressured(JobView view, VertexId vertex) {
        return view.sample().stream()
                .flatMap(sample -> IntStream.range(0, sample.graph().size())
                        .filter(i -> sample.graph().vertex(i).id().equals(vertex))
                        .mapToObj(i -> sample.vertices().get(i).backPressuredRatio()))
                .findFirst()
                .orElse(OptionalDouble.empty());
    }

    private static Map<VertexId, Verdict> verdicts(JobView view) {
        Map<VertexId, Verdict> verdicts = new HashMap<>();
        List<Verdict> all =
                view.decided().map(decided -> decided.decision().verdicts()).orElse(List.of());
        all.forEach(verdict -> verdicts.put(verdict.vertex(), verdict));
        return verdicts;
    }

    private static void put(ObjectNode node, String name, OptionalDouble number) {
        if (number.isPresent() && Double.isFinite(number.getAsDouble())) {
            node.put(name, number.getAsDouble());
        }
    }

    private static void put(ObjectNode node, String name, OptionalInt number) {
        if (number.isPresent()) {
            node.put(name, number.getAsInt());
        }
    }
}
