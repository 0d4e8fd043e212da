package io.flinkyarn.autoscaler.yarn;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.JobListFetcher.Listing;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RequestLog.Count;
import io.flinkyarn.autoscaler.control.RequestLog.Way;
import io.flinkyarn.autoscaler.control.RestLogin;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.flink.FlinkRest;
import io.flinkyarn.autoscaler.flink.RestClusterJobs;
import io.flinkyarn.autoscaler.flink.RestLimits;
import io.flinkyarn.autoscaler.it.Await;
import io.flinkyarn.autoscaler.testing.SettableClock;
import io.flinkyarn.autoscaler.yarn.LightApplication.Submission;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against a real ResourceManager and its web proxy, as the user {@code autoscaler}, who owns none of the applications. The last test takes
 * the ResourceManager away.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class YarnJobListFetcherIT {

    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final String JOB = "ae3ccc5e47fd36449310ae9569206abc";
    private static final String FLINK = "Apache Flink";

    @TempDir
    static Path dir;

    private final SettableClock clock = new SettableClock(START);
    private final RequestLog requests = new RequestLog();
    private final FlinkRest rest = new FlinkRest(cluster -> RestLimits.DEFAULT, RestLogin.NONE, requests);
    private LightYarn yarn;
    private StandInFlink clicks;
    private StandInFlink views;
    private LightApplication tagged;
    private LightApplication hidden;

    @BeforeAll
    void startFourApplications() throws Exception {
        yarn = LightYarn.start(dir.resolve("yarn"));
        yarn.writeHadoopConf(dir);
        clicks = new StandInFlink(JOB, "clicks");
        views = new StandInFlink(JOB, "views");
        tagged = start("clicks app", FLINK, "autoscaler", Set.of("AutoScale", "Team A"), clicks.address());
        start("views app", FLINK, "*", Set.of(), views.address());
        hidden = start("hidden app", FLINK, " ", Set.of("autoscale"), clicks.address());
        start("sort", "MAPREDUCE", "*", Set.of("autoscale"), clicks.address());
    }

    @AfterAll
    void stop() {
        clicks.close();
        views.close();
        yarn.close();
    }

    @Test
    @Order(1)
    void aJobIsFoundThroughTheProxyWithAllThatYarnKnowsOfIt() throws Exception {
        try (YarnJobListFetcher fetcher = fetcher(Set.of("TEAM A", "nobody has this"))) {
            Listing listing = fetch(fetcher);
            assertThat(listing.complete()).isTrue();
            assertThat(listing.problems()).isEmpty();
            JobAutoScalerContext job = listing.jobs().get(0);
            assertThat(listing.jobs()).hasSize(1);
            assertThat(job.key()).isEqualTo(new JobKey("yarn", tagged.id().toString(), JOB));
            assertThat(job.jobName()).isEqualTo("clicks");
            assertThat(job.jobStatus()).isEqualTo("RUNNING");
            URI proxy = yarn.web().resolve("/proxy/" + tagged.id() + "/");
            assertThat(job.rest().base()).isEqualTo(proxy);
            assertThat(job.application())
                    .contains(new Application("clicks app", "root.default", "alice", Set.of("autoscale", "team a")));
        }
    }

    @Test
    @Order(2)
    void withoutTagsEveryFlinkApplicationIsListedAndTheHiddenOneIsAProblem() throws Exception {
        try (YarnJobListFetcher fetcher = fetcher(Set.of())) {
            Listing listing = fetch(fetcher);
            assertThat(listing.complete()).isTrue();
            assertThat(listing.jobs()).extracting(JobAutoScalerContext::jobName).containsExactly("clicks", "views");
            assertThat(listing.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.subject()).isEqualTo(hidden.id().toString());
                assertThat(problem.message()).contains("VIEW_APP", "N/A", "root.default", "alice");
            });
        }
    }

    @Test
    @Order(2)
    void theResourceManagerGetsOneCallInEachIntervalHoweverOftenTheLoopAsks() throws Exception {
        try (YarnJobListFetcher fetcher = fetcher(Set.of("team a"))) {
            long before = calls();
            for (int cycle = 0; cycle < 9; cycle++) {
                assertThat(fetch(fetcher).problems()).isEmpty();
                clock.advance(INTERVAL.dividedBy(3));
            }
            assertThat(calls() - before).isEqualTo(3);
        }
    }

    @Test
    @Order(3)
    void aPageInTheWayIsAProblemAndTheJobStays() throws Exception {
        try (YarnJobListFetcher fetcher = fetcher(Set.of("team a"))) {
            assertThat(fetch(fetcher).problems()).isEmpty();
            clicks.becomesAPage();
            Listing listing = next(fetcher);
            assertThat(listing.complete()).isTrue();
            assertThat(listing.jobs()).extracting(JobAutoScalerContext::jobName).containsExactly("clicks");
            assertThat(listing.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.subject()).isEqualTo(tagged.id().toString());
                assertThat(problem.message()).contains("an HTML page", "Please log in");
            });
            clicks.becomesFlinkAgain();
            assertThat(next(fetcher).problems()).isEmpty();
        }
    }

    @Test
    @Order(4)
    void aJobManagerThatDiedIsAProblemAndTheJobStaysUntilYarnSaysThatItHasEnded() throws Exception {
        try (YarnJobListFetcher fetcher = fetcher(Set.of("brief"))) {
            StandInFlink flink = new StandInFlink(JOB, "brief");
            LightApplication application = start("brief app", FLINK, "*", Set.of("brief"), flink.address());
            assertThat(fetch(fetcher).jobs()).hasSize(1);
            flink.close();
            Listing dead = next(fetcher);
            assertThat(dead.jobs()).hasSize(1);
            assertThat(dead.problems()).hasSize(1);
            application.kill();
            Await.until("the application has ended", Duration.ofSeconds(10), () -> isGone(fetcher));
            assertThat(fetch(fetcher).ended()).singleElement().satisfies(end -> {
                assertThat(end.applicationId()).isEqualTo(application.id().toString());
                assertThat(end.how()).startsWith("YARN: KILLED");
                assertThat(end.at()).isPresent();
            });
        }
    }

    @Test
    @Order(5)
    void aResourceManagerThatGoesAwayLeavesTheJobsAndIsReportedWithinSeconds() throws Exception {
        try (YarnJobListFetcher fetcher = fetcher(Set.of())) {
            assertThat(fetch(fetcher).complete()).isTrue();
            yarn.close();
            long start = System.nanoTime();
            Listing listing = next(fetcher);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(listing.complete()).isFalse();
            assertThat(listing.jobs()).hasSize(2);
            assertThat(listing.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.subject()).isEqualTo("yarn");
                assertThat(problem.message())
                        .contains("the ResourceManager at localhost:", "since 2026-11-22T12:00:30Z");
            });
        }
    }

    private long calls() {
        return requests.counts().stream()
                .filter(count -> count.request().way() == Way.RPC)
                .mapToLong(Count::requests)
                .sum();
    }

    private LightApplication start(String name, String type, String viewers, Set<String> tags, String trackingUrl)
            throws Exception {
        return LightApplication.start(yarn, new Submission(name, type, "alice", viewers, tags), trackingUrl);
    }

    private YarnJobListFetcher fetcher(Set<String> tags) throws HadoopConfDirException {
        clock.set(START);
        YarnClusterSettings settings = new YarnClusterSettings(
                Optional.empty(),
                dir,
                ApplicationFilter.of(Set.of(FLINK), tags),
                Approach.PROXIED,
                Optional.empty(),
                INTERVAL,
                Duration.ofSeconds(20));
        return YarnJobListFetcher.open(settings, new RestClusterJobs(rest), requests, clock);
    }

    private Listing next(YarnJobListFetcher fetcher) throws Exception {
        clock.advance(INTERVAL);
        return fetch(fetcher);
    }

    /** The session's thread is made in the first fetch, and has the identity of whoever made it. */
    private static Listing fetch(YarnJobListFetcher fetcher) throws Exception {
        PrivilegedExceptionAction<Listing> fetch = fetcher::fetch;
        return UserGroupInformation.createRemoteUser("autoscaler").doAs(fetch);
    }

    private boolean isGone(YarnJobListFetcher fetcher) throws IOException {
        try {
            Listing listing = next(fetcher);
            return listing.complete()
                    && listing.jobs().isEmpty()
                    && listing.problems().isEmpty();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
