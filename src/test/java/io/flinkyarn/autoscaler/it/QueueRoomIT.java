package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.it.DaemonDatabase.Rescale;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two Flink jobs in a queue that is too small for both. Each holds a JobManager and a TaskManager of two slots, and somebody else all the
 * rest. Both want more; when there is room for one TaskManager, the job of the higher priority gets it, though it could do with more, and when
 * that job is gone, the other gets what it has waited for. A third one is in a queue that has room, where its user has all that a user may have.
 *
 * <p>Beside this YARN, the daemon has another one and a Flink whose address swallows all that is sent there. The cycles of the jobs here are not late for it.
 */
class QueueRoomIT {

    private static final String QUEUE = "small";
    private static final String QUEUE_OF_USERS = "strict";
    private static final Duration CYCLE = Duration.ofSeconds(2);
    private static final Duration COST = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * Of two nodes with 4096 MiB each: two JobManagers and two TaskManagers of 512 MiB, and 512 MiB for one more. In the other queue, a JobManager and
     * a TaskManager for each user.
     */
    private static final Map<String, String> QUEUES = Map.of(
            "yarn.scheduler.capacity.root.queues", "default,small,strict",
            "yarn.scheduler.capacity.root.default.capacity", "43.75",
            "yarn.scheduler.capacity.root.small.capacity", "31.25",
            "yarn.scheduler.capacity.root.small.maximum-capacity", "31.25",
            "yarn.scheduler.capacity.root.strict.capacity", "25",
            "yarn.scheduler.capacity.root.strict.maximum-capacity", "50",
            "yarn.scheduler.capacity.root.strict.user-limit-factor", "0.5");

    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("yarn.application.queue", QUEUE),
            Map.entry("job.autoscaler.enabled", "true"),
            Map.entry("job.autoscaler.utilization.target", "0.7"),
            Map.entry("job.autoscaler.stabilization.interval", "4 s"),
            Map.entry("job.autoscaler.metrics.window", "12 s"),
            Map.entry("job.autoscaler.catch-up.duration", "0 s"),
            Map.entry("job.autoscaler.restart.time", "5 s"),
            Map.entry("job.autoscaler.scaling.parallelism-alignment.mode", "OFF"),
            // Flink's own rates are means over a minute, longer than this window.
            Map.entry("job.autoscaler.metrics.busy-time.aggregator", "AVG"));

    @TempDir
    private Path folder;

    @Test
    void theJobOfTheHigherPriorityGetsTheRoomThatThereIsAndTheOtherGetsItLater() throws IOException {
        FlinkRig rig = FlinkRig.ofSystemProperty();
        // 400 records/s × 10 ms ÷ 0.7 = 5.7: six subtasks; and 250 records/s: four.
        RateSchedule forSix = RateSchedule.create(folder.resolve("six"));
        RateSchedule forFour = RateSchedule.create(folder.resolve("four"));
        forSix.setRate(400);
        forFour.setRate(250);
        LoadJob high = new LoadJob("high", Set.of(), 4, COST, with("job.autoscaler.room.priority", "10"));
        LoadJob low = new LoadJob("low", Set.of(), 4, COST, with("job.autoscaler.room.cut.enabled", "false"));
        Map<String, String> ofUsers = with("job.autoscaler.room.cut.enabled", "false");
        ofUsers.put("yarn.application.queue", QUEUE_OF_USERS);
        LoadJob third = new LoadJob("third", Set.of(), 4, COST, ofUsers);
        try (BlackHole hole = BlackHole.open();
                MiniYarn yarn = MiniYarn.start(folder.resolve("yarn"), rig, Map.of(), QUEUES);
                FlinkApplication lowJob = FlinkApplication.submit(yarn, rig, low, forFour, folder.resolve("low"));
                FlinkApplication highJob = FlinkApplication.submit(yarn, rig, high, forSix, folder.resolve("high"));
                FlinkApplication thirdJob =
                        FlinkApplication.submit(yarn, rig, third, forFour, folder.resolve("third"));
                AutoscalerProcess daemon = AutoscalerProcess.unpack(
                        AutoscalerProcess.distribution(),
                        folder.resolve("autoscaler"),
                        yarn.hadoopConfDir(),
                        Map.of(
                                "autoscaler.standalone.control-loop.interval",
                                CYCLE.toSeconds() + " s",
                                "clusters",
                                "[{name: here, list-interval: 2 s, hadoop-conf-dir: '" + yarn.hadoopConfDir()
                                        + "'}, {name: dead, list-interval: 2 s, hadoop-conf-dir: '"
                                        + hole.hadoopConf(folder.resolve("hole"))
                                        + "'}, {name: gone, list-interval: 2 s, host: 127.0.0.1, port: " + hole.port()
                                        + "}]"))) {
            lowJob.awaitRunning(1, PATIENCE);
            highJob.awaitRunning(1, PATIENCE);
            thirdJob.awaitRunning(1, PATIENCE);
            ApplicationId others = yarn.occupy(QUEUE, 512);
            DaemonDatabase database = new DaemonDatabase(daemon.jdbcUrl());
            daemon.start();

            // A slot of its own is free.
            awaitRescale(highJob, 2, database);
            assertNotLate(lowJob, database);
            assertThat(daemon.status())
                    .contains("cluster dead: NOT REACHABLE", "cluster gone: NOT REACHABLE")
                    .contains("no connection to " + hole.address() + " within 5 s");
            awaitNoRoom(highJob, database);
            awaitNoRoom(lowJob, database);
            assertThat(database.rescales(lowJob.id().toString())).isEmpty();
            assertThat(String.valueOf(current(lowJob, database).get("detail")))
                    .startsWith(
                            "the plan needs 4 slots, 3 more than today, and there is room for 1 more: queue root.small uses"
                                    + " 2560 MiB and 5 vcores of at most 2560 MiB");

            awaitNoRoom(thirdJob, database);
            String user = yarn.report(thirdJob.id()).getUser();
            assertThat(String.valueOf(current(thirdJob, database).get("detail")))
                    .startsWith("the plan needs 4 slots, 3 more than today, and there is room for 1 more: user " + user
                            + " in queue root.strict uses 1024 MiB of at most 1024 MiB (user-limit-factor 0.5)");
            yarn.kill(thirdJob.id());

            yarn.kill(others);
            awaitRescale(highJob, 4, database);
            assertThat(database.count(
                            "v_events WHERE application_id = ? AND reason = 'NoRoom'"
                                    + " AND message LIKE 'The rescale is cut to the room that there is: the plan needs 6 slots%'",
                            highJob.id().toString()))
                    .isPositive();
            assertThat(database.rescales(lowJob.id().toString())).isEmpty();
            awaitNoRoom(lowJob, database);

            yarn.kill(highJob.id());
            awaitRescale(lowJob, 4, database);
            List<Rescale> all = database.rescales(lowJob.id().toString());
            assertThat(all).hasSize(1);
            assertThat(all.get(0).from()).isEqualTo(1);
            assertThat(daemon.log()).noneMatch(line -> line.contains(" ERROR "));
        }
    }

    private static void awaitRescale(FlinkApplication job, int parallelism, DaemonDatabase database)
            throws IOException {
        job.awaitRunning(parallelism, PATIENCE);
        Await.until(
                job.id() + " is recorded to run with " + parallelism + " subtasks",
                PATIENCE,
                () -> database.rescales(job.id().toString()).stream()
                        .anyMatch(rescale -> rescale.to() == parallelism && rescale.runs()));
    }

    /** Of cycles, one may be lost on a host that has too much to do; to wait for a dead address would cost several. */
    private static void assertNotLate(FlinkApplication job, DaemonDatabase database) throws IOException {
        SampleTimes samples = new SampleTimes(database, job.id().toString());
        long start = System.currentTimeMillis();
        Await.until(job.id() + " is sampled again and again", PATIENCE, () -> samples.since(start) >= 6);
        long lost = samples.lostSince(start, CYCLE);
        System.out.printf(
                "beside a dead YARN and a dead Flink: %d cycles of %d s lost, at most %d ms between two samples%n",
                lost, CYCLE.toSeconds(), samples.longestSince(start).toMillis());
        assertThat(lost).isLessThanOrEqualTo(1);
    }

    private static void awaitNoRoom(FlinkApplication job, DaemonDatabase database) throws IOException {
        Await.until(
                job.id() + " waits for room",
                PATIENCE,
                () -> "NO_ROOM".equals(current(job, database).get("reason")));
    }

    private static Map<String, Object> current(FlinkApplication job, DaemonDatabase database) throws IOException {
        return database.row(
                "SELECT * FROM v_job_current WHERE application_id = ?", job.id().toString());
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> options = new HashMap<>(OPTIONS);
        options.put(key, value);
        return options;
    }
}
