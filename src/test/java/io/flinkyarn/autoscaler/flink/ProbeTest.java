package io.flinkyarn.autoscaler.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RestLogin;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbeTest {

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final String JOB = "ae3ccc5e47fd36449310ae9569206abc";

    private FakeFlink flink;
    private Probe probe;
    private JobAutoScalerContext job;

    @BeforeEach
    void start() throws IOException {
        flink = FakeFlink.behindProxy("application_1_0001");
        job = flink.job(JOB);
        probe = new Probe(
                new FlinkRest(cluster -> RestLimits.DEFAULT, RestLogin.NONE, new RequestLog()),
                new SettableClock(NOON));
    }

    @AfterEach
    void stop() {
        flink.close();
    }

    @Test
    void aResourceManagerTellsItsVersionAndState() throws Exception {
        flink.json(
                "ws/v1/cluster/info",
                "{\"clusterInfo\":{\"id\":1,\"state\":\"STARTED\",\"haState\":\"ACTIVE\",\"resourceManagerVersion\":\"3.5.0\"}}");
        assertThat(probe.resourceManager(flink.endpoint())).isEqualTo("version 3.5.0, STARTED, ACTIVE");
    }

    @Test
    void aPutThatFlinkRefusesHasArrived() throws Exception {
        flink.json("jobs/" + JOB + "/resource-requirements", 400, "{\"errors\":[\"vertices are missing\"]}");
        assertThat(probe.put(job)).contains("refused it as it should");
    }

    @Test
    void aPutThatSomethingElseRefusesHasNot() {
        flink.on(
                "jobs/" + JOB + "/resource-requirements",
                exchange -> FakeFlink.send(exchange, 405, "text/html", "<h1>Method Not Allowed</h1>"));
        assertThatExceptionOfType(UnreachableException.class)
                .isThrownBy(() -> probe.put(job))
                .withMessageContaining("PUT")
                .withMessageContaining("was not answered by Flink");
    }

    @Test
    void clocksAreCompared() throws Exception {
        assertThat(ahead(Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(90));
        assertThat(ahead(Duration.ofSeconds(-5))).isEqualTo(Duration.ofSeconds(-5));
        assertThat(ahead(Duration.ZERO)).isZero();
    }

    private Duration ahead(Duration by) throws Exception {
        flink.json("jobs/" + JOB, "{\"now\":" + NOON.plus(by).toEpochMilli() + "}");
        return probe.clockAhead(job);
    }
}
