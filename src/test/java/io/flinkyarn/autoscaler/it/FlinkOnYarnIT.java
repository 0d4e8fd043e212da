package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rig itself, without our daemon: what it promises about load, cost and lag is what Flink reports, and a job that
 * is rescaled through the proxy goes on where it was.
 */
class FlinkOnYarnIT {

    private static final Duration COST = Duration.ofMillis(10);
    private static final double MODEST_RATE = 60;
    private static final double RATE_FOR_THREE = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void flinkReportsTheLoadThatWasSetAndGoesOnAfterARescale() throws IOException {
        FlinkRig rig = FlinkRig.ofSystemProperty();
        RateSchedule schedule = RateSchedule.create(folder.resolve("rate"));
        LoadJob job = new LoadJob("rig", Set.of("autoscale"), 4, COST, Map.of());
        try (MiniYarn yarn = MiniYarn.start(folder.resolve("yarn"), rig);
                FlinkApplication flink = FlinkApplication.submit(yarn, rig, job, schedule, folder.resolve("flink"))) {
            flink.awaitRunning(1, PATIENCE);
            assertThat(yarn.report(flink.id()).getApplicationTags()).containsExactly("autoscale");
            assertThat(flink.runningParallelism().orElseThrow().keySet()).containsExactlyElementsOf(LoadJob.VERTICES);

            schedule.setRate(MODEST_RATE);
            Await.until("work is measured", PATIENCE, () -> work(flink).records > 0);
            Work before = work(flink);
            Await.until(
                    "8 s of work are measured",
                    PATIENCE,
                    () -> work(flink).elapsedMillis > before.elapsedMillis + 8_000);
            Work after = work(flink);
            assertThat(before.busyUntil(after)).isCloseTo(MODEST_RATE * COST.toMillis() / 1_000, withPercentage(15));

            schedule.setRate(RATE_FOR_THREE);
            Await.until("what one subtask cannot take is lag", PATIENCE, () -> pending(flink) > RATE_FOR_THREE);
            long arrivedBefore = schedule.arrived();
            flink.rescale("work", 4);
            flink.awaitRunning(4, PATIENCE);
            Await.until("four subtasks catch up", PATIENCE, () -> pending(flink) < RATE_FOR_THREE / 10);
            assertThat(flink.sum("Source: load", "Source__load.numRecordsIn").orElseThrow())
                    .as("read since the rescale, which is less than everything, as the offsets were kept")
                    .isLessThan(schedule.arrived() - arrivedBefore / 2.0);

            schedule.setRate(MODEST_RATE);
            flink.rescale("work", 1);
            flink.awaitRunning(1, PATIENCE);
        }
    }

    /** What Flink has counted for the vertex {@code work} by its own clock, summed over one subtask. */
    private record Work(long records, double busyMillis, double elapsedMillis) {

        double busyUntil(Work later) {
            return (later.busyMillis - busyMillis) / (later.elapsedMillis - elapsedMillis);
        }
    }

    private static Work work(FlinkApplication flink) throws IOException {
        for (JsonNode vertex : flink.job().path("vertices")) {
            if (vertex.path("name").asText().equals("work")) {
                JsonNode metrics = vertex.path("metrics");
                double busy = metrics.path("accumulated-busy-time").asDouble();
                double rest = metrics.path("accumulated-idle-time").asDouble()
                        + metrics.path("accumulated-backpressured-time").asDouble();
                return new Work(metrics.path("read-records").asLong(), busy, busy + rest);
            }
        }
        throw new IOException("no vertex named work");
    }

    private static double pending(FlinkApplication flink) throws IOException {
        return flink.sum("Source: load", "Source__load.pendingRecords")
                .orElseThrow(() -> new IOException("no pendingRecords yet"));
    }
}
