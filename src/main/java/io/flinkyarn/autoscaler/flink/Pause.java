package io.flinkyarn.autoscaler.flink;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets time pass; tests move a clock instead. */
@FunctionalInterface
interface Pause {

    Pause SLEEP = duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos());

    void wait(Duration duration) throws InterruptedException;
}
