package io.flinkyarn.autoscaler.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkyarn.autoscaler.control.Archive;
import io.flinkyarn.autoscaler.control.Archive.Row;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one vertex ran over a time.
 *
 * @param vertex its id
 * @param from included
 * @param to not included
 */
record MetricsQuestion(String vertex, Instant from, Instant to) {

    private static final int MOST_POINTS = 500;
    private static final int LONGEST = (int) Duration.ofDays(31).toSeconds();
    private static final String TIME = "minuteStart";
    private static final List<String> COLUMNS = List.of(
            "parallelism",
            "targetRate",
            "trueProcessingRate",
            "scaleUpThreshold",
            "scaleDownThreshold",
            "lag",
            "busyRatio");

    /** @throws IllegalArgumentException if it cannot be understood */
    static MetricsQuestion of(Request request, Instant now) {
        String vertex = request.query().get("vertex");
        if (vertex == null || vertex.isBlank()) {
            throw new IllegalArgumentException("the parameter 'vertex' is missing: the id of a vertex");
        }
        if (request.query().containsKey("from") && request.query().containsKey("to")) {
            Instant from = Api.instant(request.query().get("from"));
            Instant to = Api.instant(request.query().get("to"));
            if (!from.isBefore(to) || Duration.between(from, to).toSeconds() > LONGEST) {
                throw new IllegalArgumentException("from " + from + " to " + to + " is no time of at most 31 days");
            }
            return new MetricsQuestion(vertex, from, to);
        }
        // Whole minutes, so that the same answer serves many viewers.
        long end = now.getEpochSecond() / 60 * 60 + 60;
        return new MetricsQuestion(
                vertex, Instant.ofEpochSecond(end - request.number("last", 3600, LONGEST)), Instant.ofEpochSecond(end));
    }

    ObjectNode answer(JobKey job, Archive archive) throws StoreException {
        List<Row> rows = archive.minutes(job, vertex, from, to);
        int step = Math.max(1, (rows.size() + MOST_POINTS - 1) / MOST_POINTS);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode times = body.putArray("times");
        COLUMNS.forEach(body::putArray);
        long last = Long.MIN_VALUE;
        for (int i = 0; i < rows.size(); i += step) {
            Row row = rows.get(i);
            long second = row.second(TIME).orElseThrow();
            if (last != Long.MIN_VALUE && second - last > 60L * step * 2) {
                // A gap is shown as one.
                times.add(last + 60L * step);
                COLUMNS.forEach(column -> body.withArray(column).addNull());
            }
            times.add(second);
            COLUMNS.forEach(column -> add(body.withArray(column), row.columns().get(column)));
            last = second;
        }
        body.put("from", from.getEpochSecond()).put("to", to.getEpochSecond());
        ArrayNode marks = body.putArray("marks");
        for (Row rescale : archive.rescales(job, vertex, from, to)) {
            marks.addObject()
                    .put("at", rescale.second("decidedAt").orElseThrow())
                    .put("decision", rescale.number("decision").orElseThrow())
                    .put("reason", String.valueOf(rescale.columns().get("reason")));
        }
        body.put(
                "why",
                rows.isEmpty()
                        ? "nothing is kept of this time: the metrics of every minute are kept where autoscaler.standalone.jdbc.metrics.ttl is not 0"
                        : null);
        return body.put("vertex", vertex);
    }

    private static void add(ArrayNode column, @Nullable Object value) {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            column.add(number.doubleValue());
        } else {
            column.addNull();
        }
    }
}
