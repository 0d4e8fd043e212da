package io.flinkyarn.autoscaler.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.job.VertexId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobRunTest {

    private static final Instant START = Instant.parse("2026-11-22T14:00:00Z");
    private static final VertexId SOURCE = new VertexId("f362c87ffabe89c8a91fa7d0a523ba6c");

    private final JobRun run = new JobRun(START);

    @Test
    void namesThatWereNeverListedAreNotKnown() {
        assertThat(run.names(SOURCE, START)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT5S, PT1M", "PT10M, PT10M", "PT48H, PT1H", "PT-3S, PT1M"})
    void namesStandForAsLongAsTheJobHasRunWithinBounds(Duration age, Duration validity) {
        Instant listed = START.plus(age);
        run.keep(SOURCE, VertexMetricNames.INNER, listed);

        assertThat(run.names(SOURCE, listed.plus(validity).minusMillis(1))).contains(VertexMetricNames.INNER);
        assertThat(run.names(SOURCE, listed.plus(validity))).isEmpty();
    }
}
