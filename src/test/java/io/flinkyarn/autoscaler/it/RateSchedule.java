package io.flinkyarn.autoscaler.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The load of a {@link FlinkApplication}: a file that says since when how many records arrive per second. The sources
 * read it, and what they have not read yet is lag. One thread changes the rate.
 */
public final class RateSchedule {

    private final Path file;
    private double arrived;
    private double rate;
    private long sinceMillis;

    private RateSchedule(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** A load of nothing, until a rate is set. */
    public static RateSchedule create(Path file) throws IOException {
        RateSchedule schedule = new RateSchedule(file);
        schedule.setRate(0);
        return schedule;
    }

    Path file() {
        return file;
    }

    /** From now on {@code recordsPerSecond} arrive; seen by the job within some 100 ms. */
    public void setRate(double recordsPerSecond) throws IOException {
        long now = System.currentTimeMillis();
        Files.writeString(
                file, now + " " + recordsPerSecond + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        arrived = arrivedUntil(now);
        rate = recordsPerSecond;
        sinceMillis = now;
    }

    /** How many records have arrived by now. */
    public long arrived() {
        return (long) arrivedUntil(System.currentTimeMillis());
    }

    private double arrivedUntil(long nowMillis) {
        return arrived + rate * (nowMillis - sinceMillis) / 1_000;
    }
}
