package io.flinkyarn.autoscaler.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.jdbc.FlinkDecision.Change;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.OptionalDouble;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts made by hand after the documented form. */
class FlinkScalingHistoryTest {

    private static final String VERTEX = "bc764cd8ddf7a0cff126f51c16239658";

    private static final String YAML = """
            ---
            bc764cd8ddf7a0cff126f51c16239658:
              "2026-01-15T12:00:00.123456Z":
                currentParallelism: 2
                newParallelism: 4
                metrics:
                  TRUE_PROCESSING_RATE:
                    current: 990.0
                    average: 1000.5
                  EXPECTED_PROCESSING_RATE:
                    current: 2001.0
                    average: .NaN
                  TARGET_DATA_RATE:
                    average: "Infinity"
            """;

    private static final String JSON = """
            {"bc764cd8ddf7a0cff126f51c16239658": {"2026-01-15T12:00:00.123456Z": {
            	"currentParallelism": 2, "newParallelism": 4, "metrics": {
            		"TRUE_PROCESSING_RATE": {"current": 990.0, "average": 1000.5},
            		"EXPECTED_PROCESSING_RATE": {"current": 2001.0, "average": "NaN"},
            		"TARGET_DATA_RATE": {"average": Infinity}}}}}
            """;

    private static final FlinkDecision DECISION = new FlinkDecision(
            Instant.parse("2026-01-15T12:00:00.123456Z"),
            false,
            List.of(new Change(
                    new VertexId(VERTEX),
                    2,
                    4,
                    OptionalDouble.of(1000.5),
                    OptionalDouble.of(2001.0),
                    OptionalDouble.empty())));

    private static String compressed(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {YAML, JSON})
    void readsYamlAndJsonAsTheyAreAndCompressed(String text) throws Exception {
        for (String value : List.of(text, compressed(text.getBytes(StandardCharsets.UTF_8)))) {
            FlinkScalingHistory history = FlinkScalingHistory.parse(value);
            assertThat(history.decisions()).containsExactly(DECISION);
            assertThat(history.unread()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--- {}", "{}"})
    void anEmptyHistoryHoldsNoDecision(String text) throws Exception {
        assertThat(FlinkScalingHistory.parse(text).decisions()).isEmpty();
    }

    @Test
    void readsADecisionWithoutMetrics() throws Exception {
        FlinkScalingHistory history = FlinkScalingHistory.parse(
                VERTEX + ": {'2026-01-15T12:00:00Z': {currentParallelism: 2, newParallelism: 4}}");
        assertThat(history.decisions().get(0).changes().get(0).capacity()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{currentParallelism: 2}",
                "{currentParallelism: 2, newParallelism: 2.5}",
                "{currentParallelism: 2, newParallelism: 4, metrics: 3}",
                "{currentParallelism: 2, newParallelism: 4, metrics: {TRUE_PROCESSING_RATE: 3}}",
                "{currentParallelism: 2, newParallelism: 4, metrics: {TRUE_PROCESSING_RATE: {average: many}}}",
                "2"
            })
    void namesASummaryOfAnotherForm(String summary) throws Exception {
        FlinkScalingHistory history = FlinkScalingHistory.parse(VERTEX + ": {'2026-01-15T12:00:00Z': " + summary + "}");
        assertThat(history.decisions()).isEmpty();
        assertThat(history.unread())
                .singleElement()
                .asString()
                .startsWith("vertex " + VERTEX + " at 2026-01-15T12:00:00Z: ")
                .contains("expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "- 1", "{", "a: b: c", "H4sIAAAA", VERTEX + ": 1"})
    void refusesATextOfAnotherForm(String text) {
        assertThatExceptionOfType(UnreadableRow.class)
                .isThrownBy(() -> FlinkScalingHistory.parse(text))
                .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("\n"));
    }

    @Test
    void refusesATextThatWouldFillTheMemory() throws Exception {
        String bomb = compressed(new byte[20_000_001]);
        assertThatExceptionOfType(UnreadableRow.class)
                .isThrownBy(() -> FlinkScalingHistory.parse(bomb))
                .withMessage("its state_value unpacks to more than 20000000 bytes");
    }
}
