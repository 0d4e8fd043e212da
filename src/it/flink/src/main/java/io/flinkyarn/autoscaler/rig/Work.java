package io.flinkyarn.autoscaler.rig;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * A vertex that is busy for an exactly known time per record. It sleeps, which Flink counts as busy time and which
 * costs no CPU.
 *
 * <p>A sleep ends late by up to some tenths of a millisecond. What one record overslept, the next one sleeps less, so
 * that the average is exact.
 */
final class Work implements MapFunction<LoadRecord, LoadRecord> {

    private static final long serialVersionUID = 1;

    private final long costNanos;
    private transient long oversleptNanos;

    Work(Duration cost) {
        this.costNanos = cost.toNanos();
    }

    @Override
    public LoadRecord map(LoadRecord record) throws InterruptedException {
        long end = System.nanoTime() + costNanos - oversleptNanos;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
        oversleptNanos = System.nanoTime() - end;
        return record;
    }
}
