package io.flinkyarn.autoscaler.flink;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came back.
 *
 * @param headers with lower-case names
 */
record Answer(int status, Map<String, List<String>> headers, String body) {

    boolean isJson() {
        return header("content-type").toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** First value of a header, empty where there is none. */
    String header(String lowerCaseName) {
        List<String> values = headers.getOrDefault(lowerCaseName, List.of());
        return values.isEmpty() ? "" : values.get(0);
    }
}
