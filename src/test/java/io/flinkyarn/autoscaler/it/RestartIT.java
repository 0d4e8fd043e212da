package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.it.StandInFlink.Moment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that is killed goes on with the metrics window of the one before, where it is of the same run of the job. */
class RestartIT {

    private static final Map<String, String> OPTIONS = Map.of(
            "job.autoscaler.enabled", "true",
            "job.autoscaler.stabilization.interval", "0",
            "job.autoscaler.utilization.max", "0.8",
            "job.autoscaler.utilization.min", "0.5",
            "metrics.fetcher.update-interval", "1 h");

    @TempDir
    Path folder;

    private final AtomicInteger samples = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void after_a_kill_the_first_decision_comes_within_two_cycles_and_is_the_same() throws Exception {
        StandInFlink flink = new StandInFlink(1, OPTIONS, 0, 1);
        flink.jobs().get(0).keepBusy(0.95);
        try (KilledDaemon daemon = KilledDaemon.unpack(folder, flink, Optional.empty(), Duration.ofSeconds(1))) {
            Duration start = timeToFirstSample(daemon, flink);
            // The window has to outlast a restart, however slow this machine is.
            Duration window = Duration.ofSeconds(8 + 3 * start.toSeconds());
            flink.setOption("job.autoscaler.metrics.window", window.toMillis() + " ms");

            Map<String, Integer> recommended = recommendation(daemon, flink);
            assertThat(recommended).isNotEmpty();

            observe(flink);
            Process next = daemon.start();
            try {
                daemon.await(next, "a request to rescale", () -> asked.get() > 0);
                assertThat(samples.get()).as("cycles until the first decision").isBetween(1, 2);
                daemon.await(next, "its arrival", () -> !flink.declarations().isEmpty());
                assertThat(flink.declarations().get(0).wanted()).containsAllEntriesOf(recommended);
            } finally {
                KilledDaemon.kill(next);
            }

            // The rescale has restarted the job: the window of the time before is of no use.
            observe(flink);
            Process last = daemon.start();
            try {
                daemon.await(last, "five cycles", () -> samples.get() >= 5);
                assertThat(newest(daemon, "reason")).contains("WINDOW_FILLING");
                assertThat(flink.declarations()).hasSize(1);
            } finally {
                KilledDaemon.kill(last);
            }
        }
    }

    /** Also lets the tables be made, which the next start has not to do. */
    private Duration timeToFirstSample(KilledDaemon daemon, StandInFlink flink) throws IOException {
        observe(flink);
        long begin = System.nanoTime();
        Process process = daemon.start();
        try {
            daemon.await(process, "a sample", () -> samples.get() > 0);
            return Duration.ofNanos(System.nanoTime() - begin);
        } finally {
            KilledDaemon.kill(process);
        }
    }

    /** What a daemon that may not rescale says when the window has become full. */
    private Map<String, Integer> recommendation(KilledDaemon daemon, StandInFlink flink) throws Exception {
        observe(flink);
        Process process = daemon.start("--job.autoscaler.scaling.enabled", "false");
        try {
            daemon.await(
                    process,
                    "a recommendation",
                    () -> samples.get() > 0 && newest(daemon, "kind").equals(Optional.of("RECOMMENDED")));
            return daemon.rows("""
                            SELECT vertex_id, to_parallelism FROM vertex_change
                            WHERE decision_id = (SELECT MAX(id) FROM decision) AND to_parallelism <> from_parallelism
                            """).stream()
                    .collect(Collectors.toMap(change -> change.get(0), change -> Integer.valueOf(change.get(1))));
        } finally {
            KilledDaemon.kill(process);
        }
    }

    private void observe(StandInFlink flink) {
        samples.set(0);
        asked.set(0);
        flink.observe(moment -> {
            if (moment == Moment.SAMPLED) {
                samples.incrementAndGet();
            } else if (moment == Moment.ASKED) {
                asked.incrementAndGet();
            }
        });
    }

    private static Optional<String> newest(KilledDaemon daemon, String column) throws IOException {
        return daemon.rows("SELECT " + column + " FROM decision ORDER BY id DESC LIMIT 1").stream()
                .findFirst()
                .map(row -> row.get(0));
    }
}
