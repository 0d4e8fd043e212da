package io.flinkyarn.autoscaler.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import io.flinkyarn.autoscaler.testing.LogLines;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggingAutoScalerEventHandlerTest {

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final Optional<Duration> HALF_AN_HOUR = Optional.of(Duration.ofMinutes(30));

    private final LogLines log = new LogLines(LoggingAutoScalerEventHandler.class);
    private final LoggingAutoScalerEventHandler handler = new LoggingAutoScalerEventHandler();

    @AfterEach
    void detach() {
        log.close();
    }

    private static JobEvent error(String key, Optional<Duration> mergeWithin) {
        return new JobEvent(EventType.WARNING, EventReason.AUTOSCALER_ERROR, key, "no answer", mergeWithin);
    }

    @Test
    void the_same_event_is_one_line_until_its_interval_has_passed() {
        handler.handle(FakeFlink.context(1), error("a", HALF_AN_HOUR), NOON);
        handler.handle(FakeFlink.context(1), error("a", HALF_AN_HOUR), NOON.plusSeconds(1799));
        assertThat(log.lines()).containsExactly("WARN AutoscalerError job-1 | no answer");
        handler.handle(FakeFlink.context(1), error("a", HALF_AN_HOUR), NOON.plusSeconds(1800));
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void events_of_another_job_or_with_another_key_are_other_events() {
        handler.handle(FakeFlink.context(1), error("a", HALF_AN_HOUR), NOON);
        handler.handle(FakeFlink.context(2), error("a", HALF_AN_HOUR), NOON);
        handler.handle(FakeFlink.context(1), error("b", HALF_AN_HOUR), NOON);
        assertThat(log.lines()).hasSize(3);
    }

    @Test
    void an_event_that_is_never_merged_is_a_line_each_time() {
        handler.handle(FakeFlink.context(1), error("a", Optional.empty()), NOON);
        handler.handle(FakeFlink.context(1), error("a", Optional.empty()), NOON);
        assertThat(log.lines()).hasSize(2);
    }
}
