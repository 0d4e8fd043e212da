package io.flinkyarn.autoscaler.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** With {@code -Dgenerate=true} the file is written instead of compared. */
class MetricReferenceTest {

    @Test
    void theReferenceIsWhatTheCatalogueSays() throws IOException {
        Path file = Path.of("docs/metrics.md");
        if (Boolean.getBoolean("generate")) {
            Files.writeString(file, MetricReference.markdown());
        }
        assertThat(file)
                .as("%s is stale: mvn test -Dtest=MetricReferenceTest -Dgenerate=true writes it anew", file)
                .content()
                .isEqualTo(MetricReference.markdown());
    }

    @Test
    void everyMetricSaysWhatItMeansInOneSentence() {
        assertThat(Metrics.all())
                .hasSizeGreaterThan(40)
                .allSatisfy(metric -> assertThat(metric.help()).matches("[A-Z0-9].*\\."));
        assertThat(Metrics.all()).extracting(Metric::name).doesNotHaveDuplicates();
    }
}
