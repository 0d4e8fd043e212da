package io.flinkyarn.autoscaler.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * What has arrived by now, after a {@link RateSchedule} file that is looked at again a few times a second. Any thread
 * may ask.
 */
final class Topic {

    /** A change of the rate is seen this late, at most. */
    private static final long LOOK_AGAIN_MILLIS = 100;

    private final Path file;
    private RateSchedule schedule;
    private FileTime modified;
    private long size;
    private long lookedAtMillis;

    Topic(Path file) {
        this.file = file;
    }

    /**
     * @throws UncheckedIOException if the schedule cannot be read, which fails the job: a load that nobody knows is
     * worse than none
     */
    synchronized long arrived() {
        long now = System.currentTimeMillis();
        if (schedule == null || now - lookedAtMillis >= LOOK_AGAIN_MILLIS) {
            try {
                look();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the rate schedule " + file, e);
            }
            lookedAtMillis = now;
        }
        return schedule.arrived(now);
    }

    private void look() throws IOException {
        FileTime modifiedNow = Files.getLastModifiedTime(file);
        long sizeNow = Files.size(file);
        if (schedule == null || sizeNow != size || !modifiedNow.equals(modified)) {
            schedule = RateSchedule.read(file);
            modified = modifiedNow;
            size = sizeNow;
        }
    }
}
