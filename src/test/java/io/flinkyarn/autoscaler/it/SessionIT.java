package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.it.DaemonDatabase.Rescale;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A session cluster of Flink on YARN: recommendations only, from its first job on, until that is allowed; then its jobs are decided upon each for itself, and rescaled
 * one at a time.
 */
class SessionIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration COST = Duration.ofMillis(10);

    /** 250 records/s × 10 ms ÷ 0.7 = 3.6: four subtasks. */
    private static final double RATE_FOR_FOUR = 250;

    @TempDir
    private Path folder;

    @Test
    void itsJobsAreRescaledOneAtATimeAndOnlyWhereThatIsAllowed() throws IOException {
        FlinkRig rig = FlinkRig.ofSystemProperty();
        RateSchedule schedule = RateSchedule.create(folder.resolve("rate"));
        schedule.setRate(RATE_FOR_FOUR);
        LoadJob options = new LoadJob("session", Set.of("autoscale"), 4, COST, AutoscalerOnYarnIT.OPTIONS);
        try (MiniYarn yarn = MiniYarn.start(folder.resolve("yarn"), rig);
                FlinkApplication session =
                        FlinkApplication.startSession(yarn, rig, options, folder.resolve("session"));
                AutoscalerProcess daemon = AutoscalerProcess.unpack(
                        AutoscalerProcess.distribution(),
                        folder.resolve("autoscaler"),
                        yarn.hadoopConfDir(),
                        Map.of("autoscaler.standalone.control-loop.interval", "2 s"))) {
            FlinkCommand flink = new FlinkCommand(yarn, rig, folder.resolve("jobs"));
            ApplicationId id = session.id();
            String one = flink.submitTo(id, new LoadJob("one", Set.of(), 4, COST, Map.of()), schedule);
            DaemonDatabase database = new DaemonDatabase(daemon.jdbcUrl());
            daemon.start();
            awaitHeld(one, "SESSION_NOT_ENABLED", database);
            assertThat(database.row("SELECT detail FROM v_job_current WHERE job_id = ?", one))
                    .extractingByKey("detail")
                    .isEqualTo("session cluster " + id
                            + " with its only job; set job.autoscaler.session.enabled: true to have it rescaled there");

            String two = flink.submitTo(id, new LoadJob("two", Set.of(), 4, COST, Map.of()), schedule);
            awaitHeld(two, "SESSION_NOT_ENABLED", database);
            assertThat(database.rescales(id.toString())).isEmpty();
            daemon.stop();

            daemon.start("--job.autoscaler.session.enabled", "true");
            awaitRunning(session, one, 4);
            awaitRunning(session, two, 4);
            Await.until(
                    "both rescales are recorded as running",
                    PATIENCE,
                    () -> database.rescales(id.toString()).stream()
                                    .filter(Rescale::runs)
                                    .count()
                            >= 2);
            assertOneAtATime(database.rescales(id.toString()));
            assertThat(database.count(
                            "v_decisions WHERE application_id = ? AND kind = 'EXECUTED' AND job_id IN (?, ?)",
                            id.toString(),
                            one,
                            two))
                    .isGreaterThanOrEqualTo(2);
            assertThat(daemon.log()).noneMatch(line -> line.contains(" ERROR "));
        }
    }

    private static void awaitHeld(String job, String reason, DaemonDatabase database) throws IOException {
        Await.until(
                job + " is held as " + reason,
                PATIENCE,
                () -> database.count("v_job_current WHERE job_id = ? AND reason = ?", job, reason) == 1);
    }

    private static void awaitRunning(FlinkApplication session, String job, int parallelism) throws IOException {
        Await.until(
                job + " runs with " + parallelism + " subtasks of work",
                PATIENCE,
                () -> session.runningParallelism(job)
                        .filter(running -> Integer.valueOf(parallelism).equals(running.get("work")))
                        .isPresent());
    }

    private static void assertOneAtATime(List<Rescale> all) {
        List<Rescale> inOrder = all.stream()
                .filter(Rescale::runs)
                .sorted(Comparator.comparing(Rescale::decidedAtMillis))
                .toList();
        for (int i = 1; i < inOrder.size(); i++) {
            Rescale before = inOrder.get(i - 1);
            assertThat(inOrder.get(i).decidedAtMillis())
                    .as("the next one is decided when the one before runs")
                    .isGreaterThanOrEqualTo(before.decidedAtMillis() + Math.round(before.seconds() * 1000));
        }
    }
}
