package io.flinkyarn.autoscaler.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkyarn.autoscaler.testing.Declaration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * One job of the {@link StandInFlink}: a source, a map and a sink. Its load is steady while it runs, and another one after each restart, so that
 * it never stays within its band for long. A change of its requirements restarts it, a moment later and for a moment. Any thread may call
 * it; it is guarded by itself.
 *
 * <p>A second of the clock is {@value #SPEED} s in there, so that half a second makes a metrics window.
 */
final class StandInJob {

    private static final int SPEED = 20;
    private static final long RESTARTS_AFTER_MILLIS = 60;
    private static final long RUNS_AFTER_MILLIS = 180;

    /** Records/s that a subtask of each vertex can process, in the order of the job. */
    private static final double[] CAPACITY = {400, 100, 200};

    private static final int MAP = 1;

    private final ObjectNode recorded;
    private final String id;
    private final String name;
    private final List<String> vertices;
    private final Random random;
    private final Map<String, Integer> declared = new LinkedHashMap<>();
    private final Map<String, Integer> running = new HashMap<>();
    private long runningSince = System.currentTimeMillis();
    private boolean restarting;
    private long changed;
    private long measured = runningSince;
    private OptionalDouble steady = OptionalDouble.empty();
    private double rate;

    /**
     * @param recorded what a real Flink answers about such a job
     */
    StandInJob(JsonNode recorded, String id, String name, long seed) {
        this.recorded = (ObjectNode) recorded;
        this.id = id;
        this.name = name;
        this.random = new Random(seed);
        this.vertices = recorded.get("vertices").findValuesAsText("id");
        vertices.forEach(vertex -> declared.put(vertex, 4));
        running.putAll(declared);
        changeLoad();
    }

    String name() {
        return name;
    }

    /** From now on the map is as busy as this, also after a restart: no other decision follows than for the others to fit. */
    synchronized void keepBusy(double ratio) {
        steady = OptionalDouble.of(ratio);
        changeLoad();
    }

    /** Fails and starts again: it runs on with the same parallelism, and its counters begin anew. */
    synchronized void fail() {
        restarting = true;
        changed = System.currentTimeMillis() - RESTARTS_AFTER_MILLIS;
    }

    private void changeLoad() {
        int parallelism = running.getOrDefault(vertices.get(MAP), 1);
        boolean more = parallelism <= 2 || (parallelism < 24 && random.nextBoolean());
        rate = steady.orElse(more ? 0.95 : 0.3) * CAPACITY[MAP] * parallelism;
    }

    /** Declares requirements, or refuses to. */
    synchronized Declaration declare(Map<String, Integer> wanted, Instant at, boolean apply) {
        settle();
        Declaration declaration = new Declaration(name, at, declared, wanted, apply);
        if (declaration.changes()) {
            declared.putAll(wanted);
            restarting = true;
            changed = System.currentTimeMillis();
        }
        return declaration;
    }

    synchronized Map<String, Integer> declared() {
        return Map.copyOf(declared);
    }

    private void settle() {
        if (restarting && System.currentTimeMillis() >= changed + RUNS_AFTER_MILLIS) {
            restarting = false;
            runningSince = changed + RUNS_AFTER_MILLIS;
            if (!running.equals(declared)) {
                running.putAll(declared);
                changeLoad();
            }
        }
    }

    private String state() {
        settle();
        boolean down = restarting && System.currentTimeMillis() >= changed + RESTARTS_AFTER_MILLIS;
        return down ? "RESTARTING" : "RUNNING";
    }

    /** A line of {@code /jobs/overview}. */
    synchronized ObjectNode overview() {
        return object().put("jid", id).put("name", name).put("state", state());
    }

    /** {@code /jobs/:job}. The metrics that are asked for next are of this moment too, as if the JobManager had fetched them now. */
    synchronized JsonNode details() {
        String state = state();
        measured = System.currentTimeMillis();
        ObjectNode details = recorded.deepCopy();
        details.put("jid", id).put("name", name).put("state", state).put("now", measured);
        ((ObjectNode) details.get("timestamps")).put("RUNNING", runningSince);
        for (int i = 0; i < vertices.size(); i++) {
            int parallelism = running.getOrDefault(vertices.get(i), 1);
            ObjectNode vertex = (ObjectNode) details.get("vertices").get(i);
            vertex.put("parallelism", parallelism);
            ((ObjectNode) vertex.get("tasks")).put("RUNNING", state.equals("RUNNING") ? parallelism : 0);
            ((ObjectNode) vertex.get("metrics"))
                    .put("read-records", i == 0 ? 0 : records())
                    .put("write-records", i == 2 ? 0 : records())
                    .put("accumulated-busy-time", busy(i) * seconds() * 1000 * parallelism)
                    .put("accumulated-idle-time", (1 - busy(i)) * seconds() * 1000 * parallelism)
                    .put("accumulated-backpressured-time", 0);
        }
        return details;
    }

    /** {@code /jobs/:job/vertices/:vertex/subtasks/metrics}, for the names that are known. */
    synchronized ArrayNode metrics(String vertex, List<String> names) {
        int position = vertices.indexOf(vertex);
        ArrayNode metrics = JsonNodeFactory.instance.arrayNode();
        for (String metric : names) {
            if (metric.equals("busyTimeMsPerSecond")) {
                metrics.add(aggregates(metric, busy(position) * 1000));
            } else if (metric.equals("backPressuredTimeMsPerSecond")) {
                metrics.add(aggregates(metric, 0));
            } else if (metric.endsWith("numRecordsInPerSecond")) {
                metrics.add(aggregates(metric, position == 0 && metric.startsWith("num") ? 0 : served()));
            } else if (metric.endsWith(".numRecordsIn") || metric.endsWith(".numRecordsOut")) {
                metrics.add(aggregates(metric, records()));
            }
        }
        return metrics;
    }

    /** {@code /jobs/:job/resource-requirements}. */
    synchronized ObjectNode requirements() {
        ObjectNode requirements = object();
        declared.forEach((vertex, parallelism) -> requirements
                .putObject(vertex)
                .putObject("parallelism")
                .put("lowerBound", 1)
                .put("upperBound", parallelism));
        return requirements;
    }

    private double seconds() {
        return Math.max(0, measured - runningSince) / 1000.0 * SPEED;
    }

    private double records() {
        return Math.floor(served() * seconds());
    }

    private double served() {
        double served = rate;
        for (int i = 0; i < CAPACITY.length; i++) {
            served = Math.min(served, CAPACITY[i] * running.getOrDefault(vertices.get(i), 1));
        }
        return served;
    }

    private double busy(int vertex) {
        return served() / (CAPACITY[vertex] * running.getOrDefault(vertices.get(vertex), 1));
    }

    private static ObjectNode aggregates(String metric, double value) {
        return object().put("id", metric)
                .put("min", value)
                .put("max", value)
                .put("avg", value)
                .put("sum", value);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
