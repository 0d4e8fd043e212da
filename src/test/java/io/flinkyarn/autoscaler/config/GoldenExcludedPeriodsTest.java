package io.flinkyarn.autoscaler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkyarn.autoscaler.core.policy.ExcludedPeriods;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Invalid;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Valid;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Excluded periods mean what they mean to Flink's autoscaler: the cases were observed with it. */
class GoldenExcludedPeriodsTest {

    @TestFactory
    Stream<DynamicTest> aPeriodExcludesWhatItExcludesForFlinksAutoscaler() throws IOException {
        return StreamSupport.stream(cases().spliterator(), false)
                .map(golden -> dynamicTest(golden.get("name").asText(), () -> check(golden)));
    }

    private static JsonNode cases() throws IOException {
        try (InputStream in = GoldenExcludedPeriodsTest.class.getResourceAsStream("/golden/excluded-periods.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static void check(JsonNode golden) {
        String expression = golden.get("expression").asText();
        PolicyReading reading = PolicyReader.withoutDefaults(ZoneOffset.MAX)
                .read(Map.of(
                        "job.autoscaler.excluded.periods",
                        expression,
                        "job.autoscaler.excluded.time-zone",
                        golden.get("zone").asText()));
        if (golden.get("valid").asBoolean()) {
            ExcludedPeriods periods = reading.<ExcludedPeriods>match(
                    valid -> valid.policy().excludedPeriods(), invalid -> fail("refused: " + invalid.problems()));
            assertThat(golden.get("checks")).isNotEmpty();
            golden.get("checks").forEach(moment -> {
                String at = moment.get("at").asText();
                assertThat(periods.covering(Instant.parse(at)).isPresent())
                        .as(at)
                        .isEqualTo(moment.get("excluded").asBoolean());
            });
        } else {
            assertThat(reading)
                    .isInstanceOfSatisfying(
                            Invalid.class,
                            invalid -> assertThat(invalid.problems())
                                    .singleElement()
                                    .satisfies(problem ->
                                            assertThat(problem.message()).contains(expression)));
            assertThat(reading).isNotInstanceOf(Valid.class);
        }
    }
}
