package io.flinkyarn.autoscaler.flink;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that only moves when told to; also a pause that moves it. For one thread. */
final class MovingClock extends Clock implements Pause {

    private Instant now;
    private Duration paused = Duration.ZERO;

    MovingClock(Instant start) {
        now = start;
    }

    void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public void wait(Duration duration) {
        paused = paused.plus(duration);
        advance(duration);
    }

    /** How long was waited since the last call of this. */
    Duration takePaused() {
        Duration taken = paused;
        paused = Duration.ZERO;
        return taken;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
