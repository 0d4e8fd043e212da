package io.flinkyarn.autoscaler.notify;

import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Events for tests. */
final class Notices {

    static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

    private Notices() {}

    static JobEvent failure(String message) {
        return new JobEvent(EventType.WARNING, EventReason.RESCALE_FAILED, "", message, Optional.empty());
    }

    static JobEvent repeated(String message) {
        return new JobEvent(
                EventType.NORMAL, EventReason.SCALING_REPORT, "", message, Optional.of(Duration.ofMinutes(30)));
    }

    static Notice notice(String message) {
        return new Notice(FakeFlink.context(1), failure(message), NOON, 0);
    }
}
