package io.flinkyarn.autoscaler.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.RequestLog.Count;
import io.flinkyarn.autoscaler.control.RequestLog.Request;
import io.flinkyarn.autoscaler.control.RequestLog.Way;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestLogTest {

    private final RequestLog log = new RequestLog();

    @Test
    void addsUpWhatIsTheSameRequestAndTellsHowLongTheyTook() {
        log.add(request("/config", "200"), Duration.ofMillis(5));
        log.add(request("/config", "200"), Duration.ofMillis(7));
        log.add(request("/config", "404"), Duration.ofSeconds(31));

        assertThat(log.counts())
                .containsExactly(
                        new Count(
                                request("/config", "200"),
                                2,
                                Duration.ofMillis(12),
                                List.of(1L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L)),
                        new Count(
                                request("/config", "404"),
                                1,
                                Duration.ofSeconds(31),
                                List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L)));
        assertThat(log.total()).isEqualTo(3);
    }

    @Test
    void startsEmpty() {
        assertThat(log.counts()).isEmpty();
        assertThat(log.total()).isZero();
    }

    private static Request request(String route, String outcome) {
        return new Request("blue", Way.DIRECT, "GET", route, outcome);
    }
}
