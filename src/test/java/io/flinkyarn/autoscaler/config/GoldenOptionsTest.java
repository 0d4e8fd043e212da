package io.flinkyarn.autoscaler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whoever moves over from Flink's autoscaler takes the options along: all that occur in its golden cases can be read. */
class GoldenOptionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** An unknown alignment mode is an error here, and silently another mode there. */
    private static final Set<String> REFUSED = Set.of("unknown mode without a class");

    @TestFactory
    Stream<DynamicTest> theOptionsOfEveryGoldenCaseCanBeRead() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
            List<Path> withOptions = files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.endsWith("excluded-periods.json"))
                    .sorted()
                    .toList();
            assertThat(withOptions).hasSizeGreaterThanOrEqualTo(15);
            return withOptions.stream()
                    .map(file -> dynamicTest(file.getFileName().toString(), () -> check(file.toFile())));
        }
    }

    private static void check(File file) throws IOException {
        for (JsonNode golden : JSON.readTree(file)) {
            Map<String, String> options = new LinkedHashMap<>();
            golden.get("options")
                    .properties()
                    .forEach(option ->
                            options.put(option.getKey(), option.getValue().asText()));

            PolicyReading reading = PolicyReader.withoutDefaults(ZoneOffset.UTC).read(options);

            assertThat(reading)
                    .as(golden.get("name").asText())
                    .isInstanceOf(
                            REFUSED.contains(golden.get("name").asText())
                                    ? PolicyReading.Invalid.class
                                    : PolicyReading.Valid.class);
        }
    }
}
