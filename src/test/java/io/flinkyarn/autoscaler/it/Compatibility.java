package io.flinkyarn.autoscaler.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.hadoop.util.VersionInfo;

/** What was seen to work with one version of Flink: a row of the table in the README, which {@code scripts/test.sh --all} puts together. */
record Compatibility(FlinkRig rig, double secondsUp, double secondsRestored, double secondsDown) {

    /** Leaves the row below {@code target/}. */
    void write() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "compatibility"));
        Files.writeString(
                folder.resolve(rig.version()),
                String.format(
                        Locale.ROOT,
                        "| %s | %s | 1 → 4 in %.0f s, 4 → 1 in %.0f s | 1 → 4 in %.0f s | recommendations, and an event that says what to set |%n",
                        rig.version(),
                        VersionInfo.getVersion(),
                        secondsUp,
                        secondsDown,
                        secondsRestored));
    }
}
