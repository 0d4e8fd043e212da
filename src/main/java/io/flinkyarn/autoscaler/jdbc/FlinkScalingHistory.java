package io.flinkyarn.autoscaler.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.jdbc.FlinkDecision.Change;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the scaling history of a job says, which Flink's own autoscaler keeps by vertex and instant:
 *
 * <pre>
 *   vertex id:
 *     "2026-01-15T12:00:00.123Z":
 *       currentParallelism: 2
 *       newParallelism: 4
 *       metrics:
 *         TRUE_PROCESSING_RATE: {current: 990.0, average: 1000.5}
 * </pre>
 *
 * What was changed at the same instant was one decision. One of which a part cannot be read is none: it would look like a smaller one.
 *
 * @param decisions in the order of time
 * @param unread what could not be read of it, for people
 */
record FlinkScalingHistory(List<FlinkDecision> decisions, List<String> unread) {

    /** What lies behind it, no database keeps as a date. */
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /** @throws UnreadableRow if the whole has another form */
    static FlinkScalingHistory parse(String stateValue) throws UnreadableRow {
        Map<Instant, List<Change>> changes = new TreeMap<>();
        Set<Instant> incomplete = new HashSet<>();
        List<String> unread = new ArrayList<>();
        for (Map.Entry<String, JsonNode> vertex :
                object(FlinkStateText.read(stateValue), "the scaling history").properties()) {
            VertexId id = vertexId(vertex.getKey());
            for (Map.Entry<String, JsonNode> summary :
                    object(vertex.getValue(), "what it holds of vertex " + id).properties()) {
                String where = "vertex " + id + " at " + summary.getKey() + ": ";
                Optional<Instant> at = instant(summary.getKey());
                if (at.isEmpty()) {
                    unread.add(where + "expected an instant such as 2026-01-15T12:00:00.123Z");
                    continue;
                }
                try {
                    changes.computeIfAbsent(at.get(), any -> new ArrayList<>()).add(change(id, summary.getValue()));
                } catch (UnreadableRow e) {
                    incomplete.add(at.get());
                    unread.add(where + e.getMessage() + "; the decision of that instant is not taken");
                }
            }
        }
        changes.keySet().removeAll(incomplete);
        List<FlinkDecision> decisions = new ArrayList<>();
        changes.forEach((at, vertices) -> decisions.add(new FlinkDecision(at, false, vertices)));
        return new FlinkScalingHistory(decisions, unread);
    }

    private static VertexId vertexId(String text) throws UnreadableRow {
        if (!VertexId.isValid(text)) {
            throw new UnreadableRow(
                    "'" + text + "' in its scaling history is no vertex id: expected 32 hexadecimal digits");
        }
        return new VertexId(text);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text)).filter(at -> at.isAfter(Instant.EPOCH) && at.isBefore(LATEST));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Change change(VertexId id, JsonNode summary) throws UnreadableRow {
        object(summary, "the summary");
        JsonNode metrics = summary.path("metrics");
        if (!metrics.isMissingNode() && !metrics.isNull()) {
            object(metrics, "metrics");
        }
        return new Change(
                id,
                parallelism(summary, "currentParallelism"),
                parallelism(summary, "newParallelism"),
                rate(metrics, "TRUE_PROCESSING_RATE"),
                rate(metrics, "EXPECTED_PROCESSING_RATE"),
                rate(metrics, "TARGET_DATA_RATE"));
    }

    private static int parallelism(JsonNode summary, String name) throws UnreadableRow {
        JsonNode value = summary.path(name);
        int parallelism = value.asInt(0);
        if (parallelism < 1 || value.isFloatingPointNumber()) {
            throw new UnreadableRow(name + " is " + shown(value) + ", expected a whole number above 0");
        }
        return parallelism;
    }

    /** The average over the metrics window; where it has none, the current value. */
    private static OptionalDouble rate(JsonNode metrics, String name) throws UnreadableRow {
        JsonNode metric = metrics.path(name);
        if (metric.isMissingNode() || metric.isNull()) {
            return OptionalDouble.empty();
        }
        object(metric, name);
        OptionalDouble average = number(metric.path("average"), name + ".average");
        return average.isPresent() ? average : number(metric.path("current"), name + ".current");
    }

    /** Empty for NaN, by which Flink's autoscaler says that there is none. */
    private static OptionalDouble number(JsonNode value, String name) throws UnreadableRow {
        if (value.isMissingNode() || value.isNull()) {
            return OptionalDouble.empty();
        }
        double number = value.isNumber() ? value.doubleValue() : named(value, name);
        return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /** The numbers that JSON and YAML write as words. */
    private static double named(JsonNode value, String name) throws UnreadableRow {
        return switch (value.asText().toLowerCase(Locale.ROOT)) {
            case "nan", ".nan" -> Double.NaN;
            case "infinity", "+infinity", ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
            case "-infinity", "-.inf" -> Double.NEGATIVE_INFINITY;
            default -> throw new UnreadableRow(name + " is " + shown(value) + ", expected a number");
        };
    }

    private static JsonNode object(JsonNode value, String what) throws UnreadableRow {
        if (!value.isObject()) {
            throw new UnreadableRow(what + " is " + shown(value) + ", expected names with values");
        }
        return value;
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "not there" : Columns.cut(value.toString(), 50);
    }
}
