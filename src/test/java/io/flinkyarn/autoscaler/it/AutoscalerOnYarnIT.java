package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The product as a whole: the unpacked distribution finds real Flink jobs on a real YARN, rescales the one that allows it up and down, tells
 * the other what it would do, and goes on where it was after a restart. A third one is served by a daemon of its own, which is given its host
 * and port. What happened is asserted on the jobs and in the database.
 */
class AutoscalerOnYarnIT {

    /** One subtask of {@code work} can process 100 records/s. */
    private static final Duration COST = Duration.ofMillis(10);

    /** 250 records/s × 10 ms ÷ 0.7 = 3.57: four subtasks, which divide the 128 key groups. */
    private static final double RATE_FOR_FOUR = 250;

    /** 60 records/s × 10 ms ÷ 0.7 = 0.86: one subtask. */
    private static final double RATE_FOR_ONE = 60;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("job.autoscaler.enabled", "true"),
            Map.entry("job.autoscaler.utilization.target", "0.7"),
            Map.entry("job.autoscaler.stabilization.interval", "4 s"),
            Map.entry("job.autoscaler.metrics.window", "12 s"),
            Map.entry("job.autoscaler.scale-down.interval", "6 s"),
            Map.entry("job.autoscaler.scale-down.max-factor", "1.0"),
            Map.entry("job.autoscaler.catch-up.duration", "0 s"),
            Map.entry("job.autoscaler.restart.time", "5 s"),
            // Flink's own rates are means over a minute, longer than this window.
            Map.entry("job.autoscaler.metrics.busy-time.aggregator", "AVG"));

    @TempDir
    private Path folder;

    @Test
    void aJobIsRescaledUpAndDownWhereItAllowsThatAndTheOtherIsLeftAlone() throws IOException, SQLException {
        FlinkRig rig = FlinkRig.ofSystemProperty();
        RateSchedule schedule = RateSchedule.create(folder.resolve("rate"));
        schedule.setRate(RATE_FOR_FOUR);
        LoadJob adaptive = new LoadJob("adaptive", Set.of("autoscale"), 4, COST, OPTIONS);
        LoadJob fixed = new LoadJob("fixed", Set.of("autoscale"), 4, COST, with("jobmanager.scheduler", "default"));
        LoadJob untagged = new LoadJob("untagged", Set.of("other"), 4, COST, OPTIONS);
        try (MiniYarn yarn = MiniYarn.start(folder.resolve("yarn"), rig);
                FlinkApplication job =
                        FlinkApplication.submit(yarn, rig, adaptive, schedule, folder.resolve("adaptive"));
                FlinkApplication fixedJob =
                        FlinkApplication.submit(yarn, rig, fixed, schedule, folder.resolve("fixed"));
                FlinkApplication untaggedJob =
                        FlinkApplication.submit(yarn, rig, untagged, schedule, folder.resolve("untagged"));
                AutoscalerProcess daemon = unpack("autoscaler", yarn);
                AutoscalerProcess ofOneCluster = unpack("of-one-cluster", yarn)) {
            daemon.start("--autoscaler.standalone.fetcher.yarn.tags", "Autoscale");
            URI rest = URI.create(yarn.report(untaggedJob.id()).getOriginalTrackingUrl());
            ofOneCluster.start("--flinkClusterHost", rest.getHost(), "--flinkClusterPort", "" + rest.getPort());

            job.awaitRunning(4, PATIENCE);
            Await.until(
                    "the scale-up is recorded as running",
                    PATIENCE,
                    () -> rescales(daemon).stream().anyMatch(Rescale::runs));
            Rescale up = rescales(daemon).get(0);
            assertThat(up.from).isEqualTo(1);
            assertThat(up.to).isEqualTo(4);
            assertThat(up.trueProcessingRate).isCloseTo(100, withPercentage(15));
            assertThat(up.targetRate).isCloseTo(RATE_FOR_FOUR, withPercentage(15));
            assertThat(up.seconds).isPositive();

            untaggedJob.awaitRunning(4, PATIENCE);
            assertThat(ofOneCluster.status()).contains("untagged", "GET /jobs/:job direct, 200");
            assertThat(daemon.status()).contains("GET /jobs/:job through the proxy, 200");
            ofOneCluster.stop();

            daemon.stop();
            daemon.start("--autoscaler.standalone.fetcher.yarn.tags", "Autoscale");
            schedule.setRate(RATE_FOR_ONE);
            job.awaitRunning(1, PATIENCE);
            Await.until("the scale-down is recorded as running", PATIENCE, () -> {
                List<Rescale> all = rescales(daemon);
                return all.get(all.size() - 1).to == 1
                        && all.get(all.size() - 1).runs();
            });

            List<Rescale> all = rescales(daemon);
            assertThat(all.get(0)).isEqualTo(up);
            assertThat(all).extracting(r -> r.vertex).containsOnly("work");
            assertThat(all).filteredOn(r -> r.to < r.from).hasSize(all.size() - 1);
            assertThat(job.runningParallelism().orElseThrow())
                    .containsEntry("Source: load", 1)
                    .containsEntry("sink", 1);
            assertThat(daemon.log()).anyMatch(line -> line.contains("continues adaptive"));

            assertThat(count(daemon, "v_decisions WHERE application_name = 'fixed' AND kind = 'RECOMMENDED'"))
                    .isPositive();
            assertThat(count(
                            daemon,
                            "v_events WHERE job_name = 'fixed' AND reason = 'NotRescalable'"
                                    + " AND message LIKE '%jobmanager.scheduler: adaptive%'"))
                    .isEqualTo(1);
            assertThat(fixedJob.runningParallelism().orElseThrow()).containsEntry("work", 1);

            assertThat(count(daemon, "v_jobs WHERE application_id = '" + untaggedJob.id() + "'"))
                    .isZero();
            assertThat(daemon.status()).contains("adaptive", "fixed").doesNotContain("untagged");
            assertThat(daemon.log()).noneMatch(line -> line.contains(" ERROR "));
        }
    }

    private AutoscalerProcess unpack(String name, MiniYarn yarn) throws IOException {
        return AutoscalerProcess.unpack(
                AutoscalerProcess.distribution(),
                folder.resolve(name),
                yarn.hadoopConfDir(),
                Map.of("autoscaler.standalone.control-loop.interval", "2 s"));
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> options = new HashMap<>(OPTIONS);
        options.put(key, value);
        return options;
    }

    /** A row of {@code v_rescales}. */
    private record Rescale(
            String vertex,
            int from,
            int to,
            double trueProcessingRate,
            double targetRate,
            String outcome,
            double seconds) {

        boolean runs() {
            return outcome.equals("RUNNING");
        }
    }

    private static List<Rescale> rescales(AutoscalerProcess daemon) throws IOException {
        String query = """
                SELECT vertex_name, from_parallelism, to_parallelism, true_processing_rate, target_rate, outcome,
                       seconds_to_running
                FROM v_rescales ORDER BY decided_at, vertex_position""";
        try (Connection connection = DriverManager.getConnection(daemon.jdbcUrl());
                ResultSet row = connection.createStatement().executeQuery(query)) {
            List<Rescale> all = new ArrayList<>();
            while (row.next()) {
                all.add(new Rescale(
                        row.getString(1),
                        row.getInt(2),
                        row.getInt(3),
                        row.getDouble(4),
                        row.getDouble(5),
                        row.getString(6),
                        row.getDouble(7)));
            }
            return all;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static int count(AutoscalerProcess daemon, String from) throws SQLException {
        try (Connection connection = DriverManager.getConnection(daemon.jdbcUrl());
                PreparedStatement query = connection.prepareStatement("SELECT COUNT(*) FROM " + from)) {
            ResultSet row = query.executeQuery();
            row.next();
            return row.getInt(1);
        }
    }
}
