package io.flinkyarn.autoscaler.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.ClusterJobs.FoundJob;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobListFetcher.End;
import io.flinkyarn.autoscaler.control.JobListFetcher.ListedApplication;
import io.flinkyarn.autoscaler.control.JobListFetcher.Listing;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RestLogin;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkClusterJobListFetcherTest {

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T14:00:00Z"));
    private FakeFlink flink;
    private RestClusterJobs jobs;
    private FlinkClusterJobListFetcher fetcher;

    @BeforeEach
    void start() throws IOException {
        flink = FakeFlink.direct();
        jobs = new RestClusterJobs(new FlinkRest(cluster -> RestLimits.DEFAULT, RestLogin.NONE, new RequestLog()));
        fetcher = new FlinkClusterJobListFetcher(flink.endpoint(), jobs, INTERVAL, clock);
        flink.json("jobs/overview", Recorded.flink("1.20.5", "03-jobs-overview"));
    }

    @AfterEach
    void stop() {
        flink.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.20.5", "2.2.1", "2.3.0", "2.3.0-default-scheduler"})
    void readsTheOverviewOfEveryVersion(String version) throws Exception {
        flink.json("jobs/overview", Recorded.flink(version, "03-jobs-overview"));

        assertThat(jobs.list(flink.endpoint())).singleElement().satisfies(job -> {
            assertThat(job.jobId()).hasSize(32);
            assertThat(job.status()).isEqualTo("RUNNING");
        });
    }

    @Test
    void aJobIsKnownByClusterAddressAndId() throws Exception {
        Listing listing = fetcher.fetch();

        JobAutoScalerContext job = listing.jobs().get(0);
        assertThat(job.key().toString())
                .isEqualTo("blue/" + flink.endpoint().base().getAuthority() + "/ae3ccc5e47fd36449310ae9569206abc");
        assertThat(job.jobName()).isEqualTo("SpikeApp");
        assertThat(job.application()).isEmpty();
        assertThat(listing.complete()).isTrue();
        assertThat(listing.problems()).isEmpty();
    }

    @Test
    void jobsThatHaveEndedAreLeftOutAndSayHow() throws Exception {
        flink.json(
                "jobs/overview",
                "{\"jobs\":[{\"jid\":\"1\",\"name\":\"a\",\"state\":\"FINISHED\"},{\"jid\":\"2\",\"name\":\"b\",\"state\":\"RESTARTING\"}]}");

        Listing listing = fetcher.fetch();
        assertThat(listing.jobs()).extracting(JobAutoScalerContext::jobName).containsExactly("b");
        assertThat(listing.ended())
                .containsExactly(new End(
                        flink.endpoint().base().getAuthority(), Optional.of("1"), "Flink: FINISHED", Optional.empty()));
        assertThat(jobs.list(flink.endpoint())).extracting(FoundJob::hasEnded).containsExactly(true, false);
    }

    @Test
    void asksOncePerInterval() throws Exception {
        fetcher.fetch();
        clock.advance(INTERVAL.minusMillis(1));
        fetcher.fetch();
        assertThat(flink.asked()).hasSize(1);

        clock.advance(Duration.ofMillis(1));
        fetcher.fetch();
        assertThat(flink.asked()).hasSize(2);
    }

    @Test
    void aClusterThatIsAwayKeepsItsJobsAndSaysWhatIsWrong() throws Exception {
        fetcher.fetch();
        flink.answer("jobs/overview", Recorded.proxy("flink-web-interface"));
        clock.advance(INTERVAL);

        Listing listing = fetcher.fetch();

        assertThat(listing.complete()).isFalse();
        assertThat(listing.jobs()).hasSize(1);
        assertThat(listing.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.subject()).isEqualTo("blue");
            assertThat(problem.message())
                    .contains("the page of Flink's web interface")
                    .hasLineCount(1);
        });
    }

    @Test
    void aClusterThatComesBackIsComplete() throws Exception {
        flink.json("jobs/overview", 503, "{\"errors\":[\"leader election\"]}");
        assertThat(fetcher.fetch().complete()).isFalse();
        flink.json("jobs/overview", "{\"jobs\":[]}");
        clock.advance(INTERVAL);

        ListedApplication itself =
                new ListedApplication(flink.endpoint().base().getAuthority(), Optional.empty(), true);
        assertThat(fetcher.fetch()).isEqualTo(new Listing(List.of(), List.of(itself), List.of(), List.of(), true));
    }
}
