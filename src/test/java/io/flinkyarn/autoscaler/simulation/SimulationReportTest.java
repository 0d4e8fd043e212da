package io.flinkyarn.autoscaler.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** With {@code -Dgenerate=true} the report is written instead of compared. */
class SimulationReportTest {

    private static final Path REPORT = Path.of("src/test/resources/simulation/report.md");

    @Test
    void theReportIsWhatTheAutoscalerDoes() throws IOException {
        String report = SimulationReport.markdown(Scenarios.all(), Contender.ALL);
        if (Boolean.getBoolean("generate")) {
            Files.writeString(REPORT, report);
        }
        assertThat(REPORT)
                .as(
                        "%s is stale: the autoscaler decides otherwise than before. mvn test -Dtest=SimulationReportTest -Dgenerate=true writes"
                                + " it anew; the difference belongs into the change",
                        REPORT)
                .content()
                .isEqualTo(report);
    }
}
