package io.flinkyarn.autoscaler.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Absence;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.RequestLog.Request;
import io.flinkyarn.autoscaler.control.RequestLog.Way;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TelemetryTest {

    private static final String JOB = "application_name=\"application_1_0001\",cluster=\"test\",job_name=\"job-1\"";

    private final WatchedDaemon daemon = WatchedDaemon.withoutLimits();

    @Test
    void everyMetricOfTheCatalogueIsExposedWithItsLabelsAndNoOther() {
        Map<String, Set<String>> exposed =
                new TreeMap<>(ScrapedText.labels(WatchedDaemon.busy().scrape()));
        exposed.keySet().removeIf(name -> !name.startsWith(Metric.PREFIX));
        Map<String, Set<String>> declared = new TreeMap<>();
        Metrics.all().forEach(metric -> declared.put(metric.name(), Set.copyOf(metric.labels())));

        assertThat(exposed).isEqualTo(declared);
    }

    @Test
    void theJvmIsThereToo() {
        assertThat(daemon.scrape()).contains("jvm_memory_used_bytes{area=\"heap\"}", "process_cpu_seconds_total");
    }

    @Test
    void aRescaleIsSeenFromItsDecisionToItsEnd() {
        daemon.start(1).rate = 350;

        daemon.cycles(12);

        assertThat(daemon.value("flink_autoscaler_vertex_parallelism{" + JOB + ",vertex_name=\"work\"}"))
                .isGreaterThan(1);
        assertThat(
                        daemon.value(
                                "flink_autoscaler_job_rescales_total{application_name=\"application_1_0001\",cluster=\"test\",direction=\"up\",job_name=\"job-1\"}"))
                .isGreaterThanOrEqualTo(1);
        assertThat(daemon.value("flink_autoscaler_rescale_phases_total{cluster=\"test\",phase=\"RUNNING\"}"))
                .isGreaterThanOrEqualTo(1);
        assertThat(daemon.value("flink_autoscaler_rescale_seconds_count{cluster=\"test\"}"))
                .isGreaterThanOrEqualTo(1);
        assertThat(daemon.value(
                        "flink_autoscaler_decisions_total{cluster=\"test\",outcome=\"rescale\",reason=\"METRICS\"}"))
                .isGreaterThanOrEqualTo(1);
    }

    @Test
    void theSeriesOfAJobThatIsGoneAreGone() {
        daemon.start(1);
        daemon.cycles(3);
        assertThat(daemon.scrape()).contains("job-1");

        daemon.jobs.clear();
        daemon.cycle();

        assertThat(daemon.scrape()).doesNotContain("job-1");
    }

    @Test
    void aJobThatIsNotServedIsCountedByItsCause() {
        daemon.start(1).defect = Optional.of(new IllegalStateException("seeded"));

        daemon.cycles(3);

        assertThat(daemon.value("flink_autoscaler_jobs_unserved{cause=\"DEFECT\",cluster=\"test\"}"))
                .isEqualTo(1);
        assertThat(daemon.value("flink_autoscaler_jobs_unserved{cause=\"NO_ANSWER\",cluster=\"test\"}"))
                .isZero();
        assertThat(daemon.value("flink_autoscaler_cycles_failed_total{cause=\"DEFECT\",cluster=\"test\"}"))
                .isPositive();
    }

    @Test
    void aClusterThatIsAwayIsDownAndKeepsItsJobs() {
        daemon.start(1);
        daemon.cycles(2);
        assertThat(daemon.value("flink_autoscaler_cluster_up{cluster=\"test\"}"))
                .isEqualTo(1);

        daemon.answers = false;
        daemon.cycle();

        assertThat(daemon.value("flink_autoscaler_cluster_up{cluster=\"test\"}"))
                .isZero();
        assertThat(daemon.value("flink_autoscaler_jobs{cluster=\"test\",mode=\"SCALING\"}"))
                .isEqualTo(1);
    }

    @Test
    void withMoreJobsThanAllowedTheVerticesAreLeftOutFirstAndThenTheJobs() {
        WatchedDaemon few = new WatchedDaemon(new SeriesLimits(2, 1));
        few.start(1);
        few.cycles(2);
        assertThat(few.scrape()).contains("vertex_parallelism{").contains("job_parallelism{");

        few.start(2);
        few.cycles(2);
        assertThat(few.scrape()).doesNotContain("vertex_parallelism{").contains("job_parallelism{");
        assertThat(few.value("flink_autoscaler_jobs_withheld{level=\"vertex\"}"))
                .isEqualTo(2);
        assertThat(few.value("flink_autoscaler_jobs_withheld{level=\"job\"}")).isZero();

        few.start(3);
        few.cycles(2);
        assertThat(few.scrape()).doesNotContain("job_parallelism{");
        assertThat(few.value("flink_autoscaler_jobs{cluster=\"test\",mode=\"SCALING\"}"))
                .isEqualTo(3);
    }

    @Test
    void twoRunsOfTheSameNamesMakeOneSeries() {
        JobAutoScalerContext first = FakeFlink.context(1);
        JobKey second = new JobKey("test", "application_1_0001", "00000000000000000000000000000002");
        daemon.start(first);
        daemon.start(new JobAutoScalerContext(second, "job-1", "RUNNING", first.rest(), Optional.empty()));

        daemon.cycles(3);

        assertThat(daemon.scrape().lines().filter(line -> line.startsWith("flink_autoscaler_job_parallelism{")))
                .hasSize(1);
        assertThat(daemon.value("flink_autoscaler_jobs_withheld{level=\"job\"}"))
                .isEqualTo(1);
    }

    @Test
    void namesOfVerticesAreCutAndToldApart() {
        assertThat(NamedJobs.distinct(List.of("map", "map", "map (2)", "x".repeat(200))))
                .containsExactly("map", "map (2)", "map (2) (2)", "x".repeat(119) + "…");
    }

    @Test
    void requestsAreCountedAndTimed() {
        daemon.requests.add(new Request("test", Way.RPC, "RPC", "getApplications", "ok"), Duration.ofMillis(30));
        daemon.requests.add(new Request("test", Way.RPC, "RPC", "getApplications", "failed"), Duration.ofMillis(3));
        daemon.requests.add(new Request("test", Way.DIRECT, "GET", "/config", "200"), Duration.ofMillis(3));

        String series =
                "flink_autoscaler_request_seconds_bucket{cluster=\"test\",route=\"getApplications\",way=\"RPC\",le=";
        assertThat(daemon.value(series + "\"0.005\"}")).isEqualTo(1);
        assertThat(daemon.value(series + "\"0.05\"}")).isEqualTo(2);
        assertThat(daemon.value(series + "\"+Inf\"}")).isEqualTo(2);
        assertThat(daemon.value("flink_autoscaler_resourcemanager_requests_total{cluster=\"test\"}"))
                .isEqualTo(2);
    }

    @Test
    void aStoreThatIsAwayIsDown() {
        daemon.absence = Optional.of(new Absence(WatchedDaemon.START, "refused", 7, 0));

        assertThat(daemon.value("flink_autoscaler_store_up")).isZero();
        assertThat(daemon.value("flink_autoscaler_store_waiting_samples")).isEqualTo(7);
    }

    @Test
    void aReceiverTellsWhatItWasSentAndWhatIsLost() {
        assertThat(daemon.value("flink_autoscaler_receiver_waiting_messages{receiver=\"ops\"}"))
                .isEqualTo(2);
        assertThat(daemon.value("flink_autoscaler_receiver_sent_messages_total{receiver=\"ops\"}"))
                .isEqualTo(40);
        assertThat(daemon.value("flink_autoscaler_receiver_lost_messages_total{receiver=\"ops\"}"))
                .isEqualTo(3);
    }

    @Test
    void whoAsksForOpenMetricsGetsIt() {
        String accept = "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3";

        MetricsPage.Text open = daemon.telemetry.page().of(accept);
        MetricsPage.Text plain = daemon.telemetry.page().of("*/*");

        assertThat(open.contentType()).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(new String(open.body(), UTF_8)).endsWith("# EOF\n");
        assertThat(plain.contentType()).startsWith("text/plain; version=0.0.4");
        assertThat(new String(plain.body(), UTF_8)).doesNotContain("# EOF");
    }

    @Test
    void aWatchedPortPassesEveryMethodOn() {
        assertThat(WatchedStore.class.getDeclaredMethods())
                .extracting(method -> method.getName())
                .containsAll(List.of(io.flinkyarn.autoscaler.control.AutoScalerStateStore.class.getMethods()).stream()
                        .map(method -> method.getName())
                        .toList());
        assertThat(WatchedCollector.class.getDeclaredMethods())
                .extracting(method -> method.getName())
                .containsAll(List.of(io.flinkyarn.autoscaler.control.MetricsCollector.class.getMethods()).stream()
                        .map(method -> method.getName())
                        .toList());
    }
}
