package io.flinkyarn.autoscaler.telemetry;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.List;

/**
 * One metric family. Declared in {@link Metrics}; read by whatever registers or exposes it, and by the reference in docs/.
 *
 * @param name as it is exposed, with {@code _total} where it is a counter
 * @param unit for people, and empty where it is a plain number
 * @param labels names, in the order in which values are given
 * @param help one sentence
 */
record Metric(String name, Type type, String unit, List<String> labels, String help) {

    static final String PREFIX = "flink_autoscaler_";
    private static final String TOTAL = "_total";

    enum Type {
        GAUGE,
        COUNTER,
        HISTOGRAM
    }

    Metric {
        labels = List.copyOf(labels);
        if (name.endsWith(TOTAL) != (type == Type.COUNTER)) {
            throw new IllegalArgumentException(name + ": expected the end _total for a counter, and for nothing else");
        }
    }

    /** The name without the end that the formats add to a counter. */
    String familyName() {
        return type == Type.COUNTER ? name.substring(0, name.length() - TOTAL.length()) : name;
    }

    MetricMetadata metadata() {
        return new MetricMetadata(familyName(), help);
    }

    Labels labels(String... values) {
        return Labels.of(labels.toArray(String[]::new), values);
    }
}
