package io.flinkyarn.autoscaler.flink;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks for some metrics by name.
 *
 * @param names as Flink lists them; may hold blanks, percent signs and question marks
 * @param aggregates for instance {@code max}; empty where Flink does not aggregate
 */
record MetricQuery(List<String> names, List<String> aggregates) {

    MetricQuery {
        names = List.copyOf(names);
        aggregates = List.copyOf(aggregates);
    }

    /**
     * The query strings, encoded once: each with as many names as fit. A comma is encoded too, since the proxy does it anyway and would
     * make the URL longer than we counted.
     *
     * @param room bytes that the URL has left for a query
     */
    List<String> batches(int room) {
        String end = aggregates.isEmpty() ? "" : "&agg=" + String.join("%2C", aggregates);
        List<String> batches = new ArrayList<>();
        StringBuilder batch = new StringBuilder();
        for (String name : names) {
            String encoded = encode(name);
            if (!batch.isEmpty() && batch.length() + "%2C".length() + encoded.length() + end.length() > room) {
                batches.add(batch.append(end).toString());
                batch.setLength(0);
            }
            batch.append(batch.isEmpty() ? "get=" : "%2C").append(encoded);
        }
        if (!batch.isEmpty()) {
            batches.add(batch.append(end).toString());
        }
        return batches;
    }

    /** Bytes that a name takes in a URL. */
    static int length(String name) {
        return encode(name).length();
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
