package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.JobListFetcher.Listing;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RestLogin;
import io.flinkyarn.autoscaler.core.policy.ApplicationSelection;
import io.flinkyarn.autoscaler.flink.FlinkRest;
import io.flinkyarn.autoscaler.flink.RestClusterJobs;
import io.flinkyarn.autoscaler.flink.RestLimits;
import io.flinkyarn.autoscaler.it.DaemonDatabase.Rescale;
import io.flinkyarn.autoscaler.yarn.ApplicationFilter;
import io.flinkyarn.autoscaler.yarn.Approach;
import io.flinkyarn.autoscaler.yarn.YarnClusterSettings;
import io.flinkyarn.autoscaler.yarn.YarnJobListFetcher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two ResourceManagers, a real Flink job and the packaged daemon: one ResourceManager hands over to the other while the daemon collects, while a rescale is
 * under way, and while applications are listed; at last the active one is lost with its proxy. The job stays what it was, in Flink and in the
 * database. What was measured stands in the output of the test.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FailoverIT {

    private static final Duration CYCLE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int LOST_AT_MOST = 2;

    private static final Map<String, String> OPTIONS = Map.of(
            "job.autoscaler.enabled", "true",
            "job.autoscaler.utilization.target", "0.7",
            "job.autoscaler.stabilization.interval", "5 s",
            "job.autoscaler.metrics.window", "20 s",
            "job.autoscaler.catch-up.duration", "0 s",
            "job.autoscaler.restart.time", "5 s",
            "job.autoscaler.metrics.busy-time.aggregator", "AVG");

    @TempDir
    private Path folder;

    @Test
    void aFailoverCostsTwoCyclesAtMostAndTheJobStaysWhatItWas() throws Exception {
        FlinkRig rig = FlinkRig.ofSystemProperty();
        RateSchedule schedule = RateSchedule.create(folder.resolve("rate"));
        schedule.setRate(60);
        LoadJob load = new LoadJob("adaptive", Set.of(), 4, Duration.ofMillis(10), OPTIONS);
        try (MiniYarn yarn = MiniYarn.startPair(folder.resolve("yarn"), rig);
                FlinkApplication job = FlinkApplication.submit(yarn, rig, load, schedule, folder.resolve("job"))) {
            ResourceManagerPair pair = new ResourceManagerPair(yarn.services());
            Path hadoopConf = pair.writeHadoopConf(folder.resolve("daemon-conf"));
            try (AutoscalerProcess daemon = AutoscalerProcess.unpack(
                    AutoscalerProcess.distribution(),
                    folder.resolve("autoscaler"),
                    hadoopConf,
                    Map.of("autoscaler.standalone.control-loop.interval", CYCLE.toSeconds() + " s"))) {
                daemon.start();
                DaemonDatabase database = new DaemonDatabase(daemon.jdbcUrl());
                SampleTimes samples = new SampleTimes(database, job.id().toString());
                job.awaitRunning(1, PATIENCE);
                Await.until("the job is sampled", PATIENCE, () -> samples.since(0) >= 3);
                String jobId = job.jobId();
                Object run = run(database);

                assertThat(lost("handed over while it collects", samples, pair::failOver))
                        .isLessThanOrEqualTo(LOST_AT_MOST);
                assertThat(job.trackingUrl()).hasAuthority(pair.web().getAuthority());

                schedule.setRate(250);
                Await.until(
                        "a rescale is under way",
                        PATIENCE,
                        () -> !rescales(job, database).isEmpty());
                pair.failOver();
                job.awaitRunning(4, PATIENCE);
                Await.until(
                        "the rescale is recorded as running",
                        PATIENCE,
                        () -> rescales(job, database).stream().allMatch(Rescale::runs));

                listDuringFailover(pair, hadoopConf);

                URI lost = job.trackingUrl();
                long before = System.currentTimeMillis();
                Await.until("the job is sampled again", PATIENCE, () -> samples.since(before) >= 3);
                assertThat(lost("lost with its proxy", samples, pair::lose)).isLessThanOrEqualTo(LOST_AT_MOST);
                assertThat(job.trackingUrl().getAuthority())
                        .isEqualTo(pair.web().getAuthority())
                        .isNotEqualTo(lost.getAuthority());

                assertThat(job.jobId()).isEqualTo(jobId);
                assertThat(run(database)).as("the same row, and the only one").isEqualTo(run);
                assertThat(database.count("v_jobs WHERE ended_utc IS NOT NULL")).isZero();
                // More than one, where the rate was measured while it rose.
                assertThat(rescales(job, database))
                        .allMatch(Rescale::runs)
                        .last()
                        .extracting(Rescale::to)
                        .isEqualTo(4);
                assertThat(daemon.log())
                        .noneMatch(line -> line.contains(" ERROR "))
                        .noneMatch(line -> line.contains(" gone "));
            }
        }
    }

    /** Something that happens to the ResourceManagers. */
    private interface Event {
        void happen() throws IOException;
    }

    /** How many cycles it has cost. */
    private static long lost(String what, SampleTimes samples, Event event) throws IOException {
        long start = System.currentTimeMillis();
        event.happen();
        long over = System.currentTimeMillis();
        Await.until("the job is sampled after it was " + what, PATIENCE, () -> samples.since(over) >= 5);
        long lost = samples.lostSince(start, CYCLE);
        System.out.printf(
                "failover, %s: %d ms, next sample %d ms after it, %d cycles of %d s lost%n",
                what, over - start, samples.untilNext(over).toMillis(), lost, CYCLE.toSeconds());
        return lost;
    }

    /** A listing that begins while no ResourceManager is active. */
    private static void listDuringFailover(ResourceManagerPair pair, Path hadoopConf) throws Exception {
        YarnClusterSettings settings = new YarnClusterSettings(
                Optional.empty(),
                hadoopConf,
                everything(),
                Approach.PROXIED,
                Optional.empty(),
                Duration.ofMillis(1),
                Duration.ofSeconds(30));
        RequestLog requests = new RequestLog();
        FlinkRest rest = new FlinkRest(cluster -> RestLimits.DEFAULT, RestLogin.NONE, requests);
        try (YarnJobListFetcher fetcher =
                YarnJobListFetcher.open(settings, new RestClusterJobs(rest), requests, Clock.systemUTC())) {
            assertThat(fetcher.fetch().jobs()).hasSize(1);
            pair.deactivate();
            long start = System.nanoTime();
            CompletableFuture<Listing> good = CompletableFuture.supplyAsync(() -> nextGood(fetcher));
            TimeUnit.MILLISECONDS.sleep(500);
            pair.activateOther();
            long over = System.nanoTime();
            Listing listing = good.get(1, TimeUnit.MINUTES);
            long end = System.nanoTime();
            System.out.printf(
                    "failover while it lists: %d ms, good listing %d ms after it%n",
                    (over - start) / 1_000_000, (end - over) / 1_000_000);
            assertThat(listing.jobs()).hasSize(1);
            assertThat(listing.ended()).isEmpty();
            assertThat(Duration.ofNanos(end - over)).isLessThan(CYCLE.multipliedBy(LOST_AT_MOST));
        }
    }

    private static Listing nextGood(YarnJobListFetcher fetcher) {
        try {
            Listing listing = fetcher.fetch();
            while (!listing.complete() || !listing.problems().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(5);
                listing = fetcher.fetch();
            }
            return listing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it lists", e);
        }
    }

    private static ApplicationFilter everything() {
        return new ApplicationFilter(Set.of("Apache Flink"), ApplicationSelection.ALL, Set.of(), Set.of());
    }

    private static Object run(DaemonDatabase database) throws IOException {
        return database.row("SELECT job_run_id, first_seen_utc, application_id, job_id FROM v_jobs");
    }

    private static List<Rescale> rescales(FlinkApplication job, DaemonDatabase database) throws IOException {
        return database.rescales(job.id().toString());
    }
}
