package io.flinkyarn.autoscaler.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkyarn.autoscaler.control.Archive;
import io.flinkyarn.autoscaler.control.Archive.Row;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rescales of all jobs, by the day in UTC.
 *
 * @param today the last day
 * @param latest how many of them are listed
 */
record HistoryAnswer(LocalDate today, int days, int latest) {

    ObjectNode of(Archive archive) throws StoreException {
        LocalDate from = today.minusDays(days - 1L);
        Map<LocalDate, Map<String, Long>> byDay = new TreeMap<>();
        Map<String, Long> outcomes = new TreeMap<>();
        for (LocalDate day = from; !day.isAfter(today); day = day.plusDays(1)) {
            byDay.put(day, new HashMap<>());
        }
        for (Row row : archive.rescalesByDay(from)) {
            String phase = String.valueOf(row.columns().getOrDefault("phase", "UNKNOWN"));
            long count = row.number("rescales").orElse(0);
            Map<String, Long> day = byDay.get(row.columns().get("dayUtc"));
            if (day != null) {
                day.merge(phase, count, Long::sum);
                outcomes.merge(phase, count, Long::sum);
            }
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode daysOf = body.putArray("days");
        byDay.forEach((day, phases) -> {
            long running = phases.getOrDefault("RUNNING", 0L);
            long notReached = phases.getOrDefault("NOT_REACHED", 0L);
            long failed = phases.getOrDefault("FAILED", 0L);
            long all = phases.values().stream().mapToLong(Long::longValue).sum();
            daysOf.addObject()
                    .put("day", day.toString())
                    .put("cameToRun", running)
                    .put("notReached", notReached)
                    .put("failed", failed)
                    .put("other", all - running - notReached - failed);
        });
        ArrayNode phases = body.putArray("outcomes");
        outcomes.forEach(
                (phase, count) -> phases.addObject().put("phase", phase).put("count", count));
        restarts(archive.restartTimes(from), body.putObject("restartMs"));
        ArrayNode list = body.putArray("latest");
        archive.latestRescales(latest).forEach(row -> list.add(rescale(row)));
        return body;
    }

    private static ObjectNode rescale(Row row) {
        ObjectNode rescale = RowJson.of(row);
        JobKey job = new JobKey(
                rescale.path("cluster").asText(),
                rescale.path("applicationId").asText(),
                rescale.path("jobId").asText());
        rescale.remove(List.of("applicationId", "jobId"));
        return rescale.put("job", JobJson.id(job));
    }

    private static void restarts(List<Long> ascending, ObjectNode into) {
        into.put("count", ascending.size());
        if (!ascending.isEmpty()) {
            into.put("median", percentile(ascending, 50))
                    .put("p90", percentile(ascending, 90))
                    .put("p95", percentile(ascending, 95))
                    .put("max", ascending.get(ascending.size() - 1));
        }
    }

    /** The smallest value that so many percent do not exceed. */
    private static long percentile(List<Long> ascending, int percent) {
        int rank = (int) Math.ceil(ascending.size() * percent / 100.0);
        return ascending.get(Math.max(0, rank - 1));
    }
}
