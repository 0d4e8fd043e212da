package io.flinkyarn.autoscaler.testing;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A request for other parallelism, as it reached Flink. Written down by a stand-in for Flink, and held against the history by {@link Audit}.
 *
 * @param job its name
 * @param before declared parallelism by vertex id when the request came
 * @param wanted what the request declares, for all vertices that it names
 * @param applied whether Flink took it; the sender may not have heard of that
 */
public record Declaration(
        String job, Instant at, Map<String, Integer> before, Map<String, Integer> wanted, boolean applied) {

    public Declaration {
        before = Map.copyOf(before);
        wanted = Map.copyOf(wanted);
    }

    /** What is declared from then on, if it is applied. */
    public Map<String, Integer> after() {
        Map<String, Integer> after = new HashMap<>(before);
        after.putAll(wanted);
        return after;
    }

    /** Whether Flink has another declaration than before because of it. */
    public boolean changes() {
        return applied && !after().equals(before);
    }
}
