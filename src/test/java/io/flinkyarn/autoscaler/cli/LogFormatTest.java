package io.flinkyarn.autoscaler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.status.Status;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The log of the daemon, as conf/logback.xml has it. */
class LogFormatTest {

    @TempDir
    private Path directory;

    @Test
    void as_JSON_each_line_is_an_object_that_names_the_job() throws Exception {
        JsonNode line = JsonMapper.builder().build().readTree(logged("json"));
        assertThat(line.at("/formattedMessage").asText()).isEqualTo("hold \"orders\"");
        assertThat(line.at("/level").asText()).isEqualTo("INFO");
        assertThat(line.at("/mdc/cluster").asText()).isEqualTo("prod");
        assertThat(line.at("/mdc/application").asText()).isEqualTo("application_1_0001");
        assertThat(line.at("/mdc/job").asText()).isEqualTo("a1");
    }

    @Test
    void as_text_a_line_begins_with_the_job() throws Exception {
        assertThat(logged("text")).contains(" INFO  [prod application_1_0001 a1] hold \"orders\" (");
    }

    /** What one line of a job looks like in the file. */
    private String logged(String format) throws Exception {
        LoggerContext context = new LoggerContext();
        Map.of(
                        "AUTOSCALER_LOG_FORMAT",
                        format,
                        "AUTOSCALER_CONSOLE_LEVEL",
                        "OFF",
                        "autoscaler.log.dir",
                        directory.toString())
                .forEach(context::putProperty);
        context.setMDCAdapter(((LoggerContext) LoggerFactory.getILoggerFactory()).getMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("conf/logback.xml").toFile());
        try {
            MDC.put("cluster", "prod");
            MDC.put("application", "application_1_0001");
            MDC.put("job", "a1");
            context.getLogger("io.flinkyarn.autoscaler.control.X").info("hold \"{}\"", "orders");
        } finally {
            MDC.clear();
            context.stop();
        }
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .noneMatch(status -> status.getLevel() >= Status.WARN);
        return Files.readString(directory.resolve("autoscaler.log"));
    }
}
