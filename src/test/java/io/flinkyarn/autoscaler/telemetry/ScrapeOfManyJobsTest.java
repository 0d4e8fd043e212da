package io.flinkyarn.autoscaler.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.ShownBoard;
import io.flinkyarn.autoscaler.testing.ManyJobs;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How much a scrape of 1,000 jobs with 5 vertices each is. With {@code -Dmeasure=true} it prints how long it takes, too. */
class ScrapeOfManyJobsTest {

    private static final int JOBS = 1000;

    @Test
    void aThousandJobsWithoutTheirVerticesFitIntoTwoMegabytes() {
        assertThat(bytes(new SeriesLimits(5000, 300))).isBetween(100_000, 2_000_000);
    }

    @Test
    void aThousandJobsWithTheirVerticesFitIntoFifteenMegabytes() {
        assertThat(bytes(new SeriesLimits(5000, 5000))).isBetween(1_000_000, 15_000_000);
    }

    private static int bytes(SeriesLimits limits) {
        ShownBoard board = new ShownBoard();
        ManyJobs.of(JOBS, WatchedDaemon.START).forEach(board::show);
        Telemetry telemetry = new Telemetry(
                board.board,
                new RequestLog(),
                () -> new DatabaseFigures(Optional.empty(), true, Optional.empty()),
                List::of,
                limits,
                "1.2.3");
        int bytes = telemetry.page().of("").body().length;
        if (Boolean.getBoolean("measure")) {
            for (int i = 0; i < 20; i++) {
                long start = System.nanoTime();
                bytes = telemetry.page().of("").body().length;
                System.out.println(
                        limits + ": " + (System.nanoTime() - start) / 1_000_000 + " ms, " + bytes / 1000 + " kB");
            }
        }
        return bytes;
    }
}
