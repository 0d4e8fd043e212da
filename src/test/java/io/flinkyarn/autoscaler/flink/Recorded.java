package io.flinkyarn.autoscaler.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers of real Flink clusters and of YARN's web proxy, from the test resources. The folders {@code flink/<version>} were recorded through
 * the proxy, right after the start; {@code flink/1.20.5-measured} from a job whose metrics had been fetched.
 */
final class Recorded {

    static final List<String> FRESH_VERSIONS = List.of("1.20.5", "2.2.1", "2.3.0");
    static final String MEASURED = "1.20.5-measured";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Recorded() {}

    /** The body of a recording, as text. */
    static String flink(String version, String name) {
        JsonNode body = resource("/flink/" + version + "/" + name + ".json").get("body");
        return body.isTextual() ? body.textValue() : body.toString();
    }

    static <T> T flink(String version, String name, Class<T> type) {
        try {
            return Json.read(flink(version, name), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Metric> metrics(String version, String name) {
        return Arrays.asList(flink(version, name, Metric[].class));
    }

    static JobDetails job(String version) {
        return flink(version, "05-job", JobDetails.class);
    }

    /** An answer of a ResourceManager, shortened. */
    static String yarn(String name) {
        return resource("/yarn/" + name + ".json").toString();
    }

    /** An answer of the proxy, or of what stands in its place. */
    static Answer proxy(String name) {
        JsonNode recorded = resource("/proxy/" + name + ".json");
        Map<String, List<String>> headers = new TreeMap<>();
        recorded.get("headers")
                .properties()
                .forEach(h -> headers.put(
                        h.getKey().toLowerCase(Locale.ROOT),
                        List.of(h.getValue().textValue())));
        return new Answer(
                recorded.get("status").intValue(), headers, recorded.get("body").textValue());
    }

    private static JsonNode resource(String path) {
        try (InputStream in = Recorded.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no recording " + path);
            }
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
