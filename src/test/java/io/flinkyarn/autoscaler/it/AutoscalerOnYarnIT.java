package io.flinkyarn.autoscaler.it;

import static io.flinkyarn.autoscaler.it.DaemonDatabase.age;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.flinkyarn.autoscaler.it.DaemonDatabase.Rescale;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The product as a whole: the unpacked distribution finds real Flink jobs on a real YARN, rescales the one that allows it up and down, tells
 * the other what it would do, and goes on where it was after a restart. The one that is rescaled is killed and submitted anew in between, and runs
 * at once as it did before. A third one is only observed, as a tag of its application says, and a policy caps what is recommended. A fourth one is
 * served by a daemon of its own, which is given its host and port; without a daemon there is a recommendation, too. What happened is asserted on the jobs and in the database.
 */
class AutoscalerOnYarnIT {

    /** One subtask of {@code work} can process 100 records/s. */
    private static final Duration COST = Duration.ofMillis(10);

    /** 250 records/s × 10 ms ÷ 0.7 = 3.57: four subtasks, which divide the 128 key groups. */
    private static final double RATE_FOR_FOUR = 250;

    /** 60 records/s × 10 ms ÷ 0.7 = 0.86: one subtask. */
    private static final double RATE_FOR_ONE = 60;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    static final Map<String, String> OPTIONS = Map.ofEntries(
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

    /** YARN keeps tags in lower case. */
    private static final String OBSERVE = "Autoscaler.Mode=Observe";

    private static final String CAPPED =
            "[{name: small, names: ['obs*'], queues: [root], cap.vertex.max-parallelism: 3}]";

    private static final String[] ONLY_TAGGED = {"--autoscaler.standalone.fetcher.yarn.tags", "Autoscale"};

    @TempDir
    private Path folder;

    @Test
    void aJobIsRescaledAndRestoredWhereItAllowsThatAndTheOthersAreLeftAlone() throws IOException {
        FlinkRig rig = FlinkRig.ofSystemProperty();
        RateSchedule schedule = RateSchedule.create(folder.resolve("rate"));
        schedule.setRate(RATE_FOR_FOUR);
        LoadJob adaptive = new LoadJob("adaptive", Set.of("autoscale"), 4, COST, OPTIONS);
        LoadJob fixed = new LoadJob("fixed", Set.of("autoscale"), 4, COST, with("jobmanager.scheduler", "default"));
        LoadJob observed = new LoadJob("observed", Set.of("autoscale", OBSERVE), 4, COST, OPTIONS);
        LoadJob untagged = new LoadJob("untagged", Set.of("other"), 4, COST, OPTIONS);
        try (MiniYarn yarn = MiniYarn.start(folder.resolve("yarn"), rig);
                FlinkApplication job =
                        FlinkApplication.submit(yarn, rig, adaptive, schedule, folder.resolve("adaptive"));
                FlinkApplication fixedJob =
                        FlinkApplication.submit(yarn, rig, fixed, schedule, folder.resolve("fixed"));
                FlinkApplication observedJob =
                        FlinkApplication.submit(yarn, rig, observed, schedule, folder.resolve("observed"));
                FlinkApplication untaggedJob =
                        FlinkApplication.submit(yarn, rig, untagged, schedule, folder.resolve("untagged"));
                AutoscalerProcess daemon = unpack("autoscaler", yarn);
                AutoscalerProcess ofOneCluster = unpack("of-one-cluster", yarn)) {
            DaemonDatabase database = new DaemonDatabase(daemon.jdbcUrl());
            daemon.start(ONLY_TAGGED);
            URI rest = URI.create(yarn.report(untaggedJob.id()).getOriginalTrackingUrl());
            ofOneCluster.start("--flinkClusterHost", rest.getHost(), "--flinkClusterPort", "" + rest.getPort());

            Rescale up = awaitScaleUp(job, database);
            untaggedJob.awaitRunning(4, PATIENCE);
            assertThat(ofOneCluster.status()).contains("untagged", "GET /jobs/:job direct, 200");
            assertThat(daemon.status()).contains("GET /jobs/:job through the proxy, 200");
            ofOneCluster.stop();
            CompletableFuture<String> recommended =
                    ofOneCluster.recommend("--application", observedJob.id().toString(), "--duration", "40 s");

            awaitGood(job, up, database);
            assertThat(daemon.list(ONLY_TAGGED))
                    .contains("job adaptive (" + job.jobId() + "), RUNNING, Flink " + rig.version() + ": scaling")
                    .contains("Flink " + rig.version()
                            + ": recommendations only, because Flink cannot rescale it in place")
                    .contains(untaggedJob.id() + " untagged")
                    .contains("not looked after, because it carries none of the tags autoscale");
            assertThat(daemon.doctor(ONLY_TAGGED))
                    .contains("3 applications and 3 jobs to look after", "STARTED", "Flink " + rig.version())
                    .contains("complete, of 3 vertices", "refused it as it should", "clock of")
                    .contains("queue root.default uses", "(user-limit-factor 1.0)", "(maximum-allocation)")
                    .doesNotContain("FAILED", "not tried", "are not known");
            ServedPages.assertServed(daemon.dashboard(), "adaptive");
            DashboardTour.take(daemon.dashboard(), "adaptive", "fixed", database);
            daemon.stop();
            StatusAfterScaleUp.assertTold(job, RATE_FOR_FOUR, rig.tellsSlotSharingGroups(), database);
            daemon.start(ONLY_TAGGED);
            Await.until(
                    "the daemon goes on where it was",
                    PATIENCE,
                    () -> daemon.log().stream().anyMatch(line -> line.contains("continues adaptive")));
            assertThat(database.rescales(job.id().toString())).containsExactly(up);

            Compatibility seen;
            yarn.kill(job.id());
            RateSchedule low = RateSchedule.create(folder.resolve("low-rate"));
            low.setRate(RATE_FOR_ONE);
            LoadJob restored = new LoadJob(
                    "adaptive",
                    Set.of("autoscale"),
                    4,
                    COST,
                    with("job.autoscaler.restore-parallelism.enabled", "true"));
            try (FlinkApplication again = FlinkApplication.submit(yarn, rig, restored, low, folder.resolve("again"))) {
                Rescale restoredUp = awaitRestored(job, again, database);
                PausedByHand.assertNotRescaledUntilResumed(daemon, again, "adaptive", PATIENCE);
                Rescale down = awaitScaleDown(again, database);
                seen = new Compatibility(rig, up.seconds(), restoredUp.seconds(), down.seconds());
            }
            assertThat(database.rescales(job.id().toString())).containsExactly(up);

            assertThat(database.count("v_decisions WHERE application_name = 'fixed' AND kind = 'RECOMMENDED'"))
                    .isPositive();
            assertThat(database.count("v_events WHERE job_name = 'fixed' AND reason = 'NotRescalable'"
                            + " AND message LIKE '%jobmanager.scheduler: adaptive%'"))
                    .isEqualTo(1);
            assertThat(fixedJob.runningParallelism().orElseThrow()).containsEntry("work", 1);

            assertOnlyObserved(observedJob, database);
            assertThat(recommended.join())
                    .contains("job observed (", "a rescale is recommended, work 1 → 3")
                    .doesNotContain("job adaptive", "job untagged");
            assertThat(daemon.status()).contains("recommendations only (policies small)");

            assertThat(database.count(
                            "v_jobs WHERE application_id = ?", untaggedJob.id().toString()))
                    .isZero();
            assertThat(daemon.status()).contains("adaptive", "fixed").doesNotContain("untagged");
            assertThat(daemon.log()).noneMatch(line -> line.contains(" ERROR "));
            seen.write();
        }
    }

    private static Rescale awaitScaleUp(FlinkApplication job, DaemonDatabase database) throws IOException {
        String id = job.id().toString();
        job.awaitRunning(4, PATIENCE);
        Await.until(
                "the scale-up is recorded as running",
                PATIENCE,
                () -> database.rescales(id).stream().anyMatch(Rescale::runs));
        Rescale up = database.rescales(id).get(0);
        assertThat(up.vertex()).isEqualTo("work");
        assertThat(up.from()).isEqualTo(1);
        assertThat(up.to()).isEqualTo(4);
        assertThat(up.trueProcessingRate()).isCloseTo(100, withPercentage(15));
        assertThat(up.targetRate()).isCloseTo(RATE_FOR_FOUR, withPercentage(15));
        assertThat(up.triggeredBy()).isEqualTo("METRICS");
        assertThat(up.seconds()).isPositive();
        return up;
    }

    private static void awaitGood(FlinkApplication job, Rescale up, DaemonDatabase database) throws IOException {
        Await.until(
                "it is found that nothing is left to do after the scale-up",
                PATIENCE,
                () -> database.count(
                                "v_decisions WHERE application_id = ? AND decided_at > ?"
                                        + " AND reason IN ('WITHIN_BAND', 'NO_CHANGE')",
                                job.id().toString(),
                                up.decidedAtMillis())
                        > 0);
    }

    /**
     * The next run of the job begins where the run before has ended, although its own load does not need that.
     *
     * @param ended the run before, which was killed
     */
    private static Rescale awaitRestored(FlinkApplication ended, FlinkApplication job, DaemonDatabase database)
            throws IOException {
        String id = job.id().toString();
        job.awaitRunning(4, PATIENCE);
        Await.until(
                "the restored parallelism is recorded as running",
                PATIENCE,
                () -> database.rescales(id).stream().anyMatch(Rescale::runs));
        Rescale restored = database.rescales(id).get(0);
        assertThat(restored.triggeredBy()).isEqualTo("RESTORE");
        assertThat(restored.vertex()).isEqualTo("work");
        assertThat(restored.from()).isEqualTo(1);
        assertThat(restored.to()).isEqualTo(4);
        assertThat(restored.seconds()).isPositive();
        assertThat(database.row(
                        "SELECT message FROM v_events WHERE application_id = ? AND reason = 'LearnedFromEarlierRun'",
                        id))
                .extractingByKey("message")
                .asString()
                .contains(ended.id().toString(), "restarts took", "it ran well at Source: load 1, work 4, sink 1");

        Await.until(
                "the end of the run before is recorded",
                PATIENCE,
                () -> database.count(
                                "v_jobs WHERE application_id = ? AND ended_utc IS NOT NULL",
                                ended.id().toString())
                        == 1);
        String run = "SELECT * FROM v_jobs WHERE application_id = ?";
        Map<String, Object> before = database.row(run, ended.id().toString());
        assertThat(before.get("ended_how")).asString().startsWith("YARN: KILLED");
        assertThat(age(before, "ended_utc")).isLessThan(age(before, "first_seen_utc"));
        Map<String, Object> now = database.row(run, id);
        assertThat(now)
                .containsEntry("logical_name", "adaptive")
                .containsEntry("logical_job_id", before.get("logical_job_id"))
                .containsEntry("ended_utc", null)
                .containsEntry("ended_how", null);
        assertThat(now.get("job_run_id")).isNotEqualTo(before.get("job_run_id"));
        assertThat(database.count("v_job_current WHERE job_name = 'adaptive'")).isEqualTo(1);
        Await.until(
                "the status tells of the restored parallelism",
                PATIENCE,
                () -> database.count(
                                "v_job_current WHERE application_id = ? AND mode = 'SCALING' AND subtasks = 6"
                                        + " AND target_subtasks = 6 AND last_outcome = 'RUNNING'",
                                id)
                        == 1);
        return restored;
    }

    private static Rescale awaitScaleDown(FlinkApplication job, DaemonDatabase database) throws IOException {
        String id = job.id().toString();
        job.awaitRunning(1, PATIENCE);
        Await.until("the scale-down is recorded as running", PATIENCE, () -> {
            List<Rescale> all = database.rescales(id);
            Rescale last = all.get(all.size() - 1);
            return last.to() == 1 && last.runs();
        });
        List<Rescale> all = database.rescales(id);
        assertThat(all).extracting(Rescale::vertex).containsOnly("work");
        assertThat(all.subList(1, all.size()))
                .allMatch(Rescale::isDown)
                .extracting(Rescale::triggeredBy)
                .containsOnly("METRICS");
        assertThat(job.runningParallelism().orElseThrow())
                .containsEntry("Source: load", 1)
                .containsEntry("sink", 1);
        return all.get(all.size() - 1);
    }

    /** It has the load of the one that was scaled to four subtasks. A tag lets it be observed only, and a policy caps it at three. */
    private static void assertOnlyObserved(FlinkApplication job, DaemonDatabase database) throws IOException {
        assertThat(job.runningParallelism().orElseThrow()).containsEntry("work", 1);
        assertThat(database.rescales(job.id().toString())).isEmpty();
        assertThat(database.row(
                        "SELECT * FROM v_job_options WHERE application_id = ? AND option_key = 'job.autoscaler.scaling.enabled'",
                        job.id().toString()))
                .containsEntry("option_value", "false")
                .containsEntry("set_by", "TAG")
                .containsEntry("written_in", "YARN tag autoscaler.mode=observe")
                .containsEntry("policies", "small");
        Map<String, Object> limited = database.rows(
                        "SELECT * FROM v_limited WHERE application_id = ? AND vertex_name = 'work' AND kind = 'RECOMMENDED'",
                        job.id().toString())
                .get(0);
        assertThat(limited)
                .containsEntry("reason", "SCALING_DISABLED")
                .containsEntry("limited_by", "MAX_PARALLELISM_CAP")
                .containsEntry("raw_parallelism", 4)
                .containsEntry("to_parallelism", 3);
    }

    private AutoscalerProcess unpack(String name, MiniYarn yarn) throws IOException {
        return AutoscalerProcess.unpack(
                AutoscalerProcess.distribution(),
                folder.resolve(name),
                yarn.hadoopConfDir(),
                Map.of(
                        "policies",
                        CAPPED,
                        "autoscaler.standalone.web.token-file",
                        DashboardTour.tokenFile(folder),
                        "autoscaler.standalone.control-loop.interval",
                        "2 s",
                        // A job is restored only before it could have a full window of its own.
                        "autoscaler.standalone.fetcher.list-interval",
                        "2 s"));
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> options = new HashMap<>(OPTIONS);
        options.put(key, value);
        return options;
    }
}
