package io.flinkyarn.autoscaler.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.RequestLog.Request;
import io.flinkyarn.autoscaler.control.RequestLog.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceManagerLoadTest {

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

    private final RequestLog log = new RequestLog();
    private final ResourceManagerLoad load = new ResourceManagerLoad();

    @Test
    void whatGoesToFlinkDirectlyIsNoLoad() {
        assertThat(after(0)).isEmpty();
        ask("prod", Way.PROXY, 30);
        ask("prod", Way.RPC, 10);
        ask("prod", Way.DIRECT, 500);
        ask("test", Way.DIRECT, 500);
        assertThat(after(10)).isEqualTo(Map.of("prod", 4.0));
    }

    @Test
    void onlyTheLastMinuteCounts() {
        after(0);
        ask("prod", Way.PROXY, 6000);
        assertThat(after(20)).isEqualTo(Map.of("prod", 300.0));
        ask("prod", Way.PROXY, 60);
        assertThat(after(80)).isEqualTo(Map.of("prod", 1.0));
        assertThat(after(150)).isEmpty();
    }

    @Test
    void aClockThatWasSetBackBeginsAnew() {
        after(0);
        ask("prod", Way.PROXY, 10);
        assertThat(after(-100)).isEmpty();
        ask("prod", Way.PROXY, 10);
        assertThat(after(-90)).isEqualTo(Map.of("prod", 1.0));
    }

    private void ask(String cluster, Way way, int times) {
        for (int i = 0; i < times; i++) {
            log.add(new Request(cluster, way, "GET", "/jobs/:job", "200"), Duration.ofMillis(1));
        }
    }

    private Map<String, Double> after(int seconds) {
        return load.perSecond(log.counts(), NOON.plusSeconds(seconds));
    }
}
