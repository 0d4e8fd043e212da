package io.flinkyarn.autoscaler.yarn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkyarn.autoscaler.control.ClusterJobs.FoundJob;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.JobListFetcher.End;
import io.flinkyarn.autoscaler.control.JobListFetcher.ListedApplication;
import io.flinkyarn.autoscaler.control.JobListFetcher.Listing;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import io.flinkyarn.autoscaler.control.RestLogin;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class YarnJobListFetcherTest {

    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final String JOB = "ae3ccc5e47fd36449310ae9569206abc";
    private static final RunningApplication FIRST = Applications.running(1, "autoscale");
    private static final RunningApplication SECOND = Applications.running(2, "autoscale");
    private static final RunningApplication UNTAGGED = Applications.running(3);
    /** The first one, behind the proxy of the other ResourceManager. */
    private static final RunningApplication MOVED = Applications.at(
            FIRST.trackingUrl().replace("//rm:", "//rm2:"), FIRST.originalTrackingUrl(), 1, "autoscale");

    private static final RunningApplication FRESH = Applications.running(9);

    /** Leaves every pause at its full length. */
    private static final RandomGenerator NO_CHANCE = () -> 0L;

    private final FakeYarn yarn = new FakeYarn();
    private final FakeClusterJobs flink = new FakeClusterJobs();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final YarnJobListFetcher fetcher = fetcher(Set.of());

    @AfterEach
    void close() {
        fetcher.close();
    }

    @Test
    void aJobCarriesItsKeyItsAddressAndWhatYarnKnowsOfItsApplication() throws Exception {
        yarn.runs(FIRST);
        flink.at(FIRST, running(JOB));
        Listing listing = fetcher.fetch();
        assertThat(listing.complete()).isTrue();
        assertThat(listing.problems()).isEmpty();
        JobAutoScalerContext job = listing.jobs().get(0);
        assertThat(job.key()).isEqualTo(new JobKey("prod", FIRST.id(), JOB));
        assertThat(job.jobName()).isEqualTo("clicks");
        assertThat(job.jobStatus()).isEqualTo("RUNNING");
        assertThat(job.rest().cluster()).isEqualTo("prod");
        assertThat(job.rest().base()).isEqualTo(URI.create(FIRST.trackingUrl()));
        assertThat(job.application()).contains(new Application("app 1", "root.prod", "alice", Set.of("autoscale")));
    }

    @Test
    void jobsThatHaveEndedAreLeftOutAndAllOthersComeWithTheirStatus() throws Exception {
        yarn.runs(FIRST);
        flink.at(
                FIRST,
                job("1", "FINISHED"),
                job("2", "RESTARTING"),
                job("3", "CANCELED"),
                job("4", "FAILED"),
                job("5", "SUSPENDED"),
                job("6", "RUNNING"));
        assertThat(fetcher.fetch().jobs())
                .extracting(JobAutoScalerContext::jobStatus)
                .containsExactly("RESTARTING", "SUSPENDED", "RUNNING");
    }

    @Test
    void whatYarnReturnsBeyondTheFilterIsLeftOut() throws Exception {
        try (YarnJobListFetcher tagged = fetcher(Set.of("AutoScale", "other"))) {
            yarn.runs(FIRST, UNTAGGED);
            flink.at(FIRST, running(JOB));
            flink.at(UNTAGGED, running(JOB));
            assertThat(applications(tagged.fetch())).containsExactly(FIRST.id());
            assertThat(flink.calls(UNTAGGED)).isZero();
        }
    }

    @Test
    void aListingIsRepeatedUntilItsIntervalIsOver() throws Exception {
        yarn.runs(FIRST);
        flink.at(FIRST, running(JOB));
        Listing first = fetcher.fetch();
        clock.advance(INTERVAL.minusMillis(1));
        assertThat(fetcher.fetch()).isSameAs(first);
        assertThat(yarn.calls()).isOne();
        clock.advance(Duration.ofMillis(1));
        assertThat(fetcher.fetch()).isNotSameAs(first);
        assertThat(yarn.calls()).isEqualTo(2);
        assertThat(flink.calls(FIRST)).isEqualTo(2);
    }

    @Test
    void aClockThatWasSetBackDoesNotStopTheListing() throws Exception {
        fetcher.fetch();
        clock.advance(Duration.ofHours(-3));
        fetcher.fetch();
        assertThat(yarn.calls()).isEqualTo(2);
    }

    @Test
    void anApplicationThatNoLongerRunsIsGoneFromACompleteListing() throws Exception {
        yarn.runs(FIRST, SECOND);
        flink.at(FIRST, running(JOB));
        flink.at(SECOND, running(JOB));
        assertThat(applications(fetcher.fetch())).containsExactly(FIRST.id(), SECOND.id());
        yarn.runs(SECOND);
        Listing listing = next();
        assertThat(applications(listing)).containsExactly(SECOND.id());
        assertThat(listing.complete()).isTrue();
        assertThat(listing.problems()).isEmpty();
    }

    @Test
    void theListingTellsHowApplicationsAndJobsHaveEnded() throws Exception {
        yarn.runs(FIRST, SECOND);
        flink.at(FIRST, running(JOB));
        flink.at(SECOND, running(JOB), job("2", "FAILED"));
        yarn.tells(FIRST, new Fate.Ended("FAILED: out of memory", clock.instant()));
        fetcher.fetch();
        yarn.runs(SECOND);
        Listing listing = next();
        assertThat(listing.applications())
                .containsExactly(new ListedApplication(SECOND.id(), Optional.of(SECOND.description()), true));
        assertThat(listing.ended())
                .containsExactly(
                        new End(SECOND.id(), Optional.of("2"), "Flink: FAILED", Optional.empty()),
                        new End(
                                FIRST.id(),
                                Optional.empty(),
                                "YARN: FAILED: out of memory",
                                Optional.of(clock.instant().minus(INTERVAL))));
    }

    @Test
    void anApplicationWhoseTagsHaveChangedIsThereButItsJobsAreNotRead() throws Exception {
        yarn.runs(FIRST);
        flink.at(FIRST, running(JOB));
        yarn.tells(FIRST, new Fate.Alive(true));
        fetcher.fetch();
        yarn.runs();
        Listing listing = next();
        assertThat(listing.jobs()).isEmpty();
        assertThat(listing.ended()).isEmpty();
        assertThat(listing.applications())
                .containsExactly(new ListedApplication(FIRST.id(), Optional.of(FIRST.description()), false));
    }

    @Test
    void aResourceManagerThatIsAwayIsAskedForNoReports() throws Exception {
        yarn.runs(FIRST);
        flink.at(FIRST, running(JOB));
        fetcher.fetch();
        yarn.goesAway("silence");
        Listing listing = next();
        assertThat(yarn.reports()).isEmpty();
        assertThat(listing.applications()).hasSize(1);
        assertThat(listing.ended()).isEmpty();
    }

    @Test
    void aBrokenApplicationKeepsItsJobsAndDoesNotTouchTheOthers() throws Exception {
        yarn.runs(FIRST, SECOND);
        flink.at(FIRST, running(JOB));
        flink.at(SECOND, running(JOB));
        fetcher.fetch();
        flink.at(FIRST, () -> {
            throw new UnreachableException(Category.NOT_FLINK, "a page came back");
        });
        flink.at(SECOND, job(JOB, "RESTARTING"));
        Listing listing = next();
        assertThat(listing.complete()).isTrue();
        assertThat(applications(listing)).containsExactly(FIRST.id(), SECOND.id());
        assertThat(listing.jobs().get(1).jobStatus()).isEqualTo("RESTARTING");
        assertThat(listing.problems())
                .containsExactly(
                        new Problem(
                                FIRST.id(),
                                "a page came back (failing since 2026-11-22T12:00:30Z, attempt 1, next at 2026-11-22T12:00:35Z)"));
    }

    @Test
    void aBrokenApplicationIsAskedMoreAndMoreRarelyAndAtOnceAsOftenAsOthersWhenItIsBack() throws Exception {
        yarn.runs(FIRST, SECOND);
        flink.at(FIRST, () -> {
            throw new UnreachableException(Category.NO_ANSWER, "silence");
        });
        flink.at(SECOND, running(JOB));
        for (int listing = 0; listing < 8; listing++) {
            assertThat(next().problems()).extracting(Problem::subject).containsExactly(FIRST.id());
        }
        for (int listing = 0; listing < 120; listing++) {
            next();
        }
        assertThat(flink.calls(FIRST)).isBetween(20, 30);
        assertThat(flink.calls(SECOND)).isEqualTo(128);
        int before = flink.calls(FIRST);

        flink.at(FIRST, running(JOB));
        clock.advance(Duration.ofMinutes(5));
        assertThat(next().problems()).isEmpty();
        assertThat(next().problems()).isEmpty();
        assertThat(flink.calls(FIRST)).isEqualTo(before + 2);
    }

    @Test
    void anUnexpectedExceptionIsAProblemOfThatApplicationToo() throws Exception {
        yarn.runs(FIRST, SECOND);
        flink.at(FIRST, () -> {
            throw new IllegalStateException("a seeded mistake, expected in the log of this test");
        });
        flink.at(SECOND, running(JOB));
        Listing listing = fetcher.fetch();
        assertThat(applications(listing)).containsExactly(SECOND.id());
        assertThat(listing.problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.message()).contains("a seeded mistake", "IllegalStateException"));
    }

    @Test
    void aHiddenTrackingUrlIsAProblemAndNobodyIsAsked() throws Exception {
        RunningApplication hidden = Applications.at("N/A", "N/A", 4);
        yarn.runs(hidden);
        Listing listing = fetcher.fetch();
        assertThat(listing.jobs()).isEmpty();
        assertThat(listing.complete()).isTrue();
        assertThat(listing.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("VIEW_APP"));
        assertThat(flink.calls(hidden)).isZero();
    }

    @Test
    void applicationsAreAskedSideBySideButFourAtMost() throws Exception {
        RunningApplication[] applications = new RunningApplication[8];
        CyclicBarrier fourTogether = new CyclicBarrier(4);
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < applications.length; i++) {
            applications[i] = Applications.running(i + 1);
            flink.at(applications[i], () -> {
                most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                try {
                    fourTogether.await(5, TimeUnit.SECONDS);
                } catch (BrokenBarrierException | TimeoutException e) {
                    throw new IllegalStateException("fewer than four were asked side by side", e);
                }
                inFlight.decrementAndGet();
                return List.of(running(JOB));
            });
        }
        yarn.runs(applications);
        assertThat(fetcher.fetch().jobs()).hasSize(8);
        assertThat(most).hasValue(4);
    }

    @Test
    void applicationsThatHangCostTheDeadlineOnceAndComeLastTheNextTime() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        RunningApplication[] all = new RunningApplication[5];
        for (int i = 0; i < 5; i++) {
            all[i] = Applications.running(i + 1);
            flink.at(all[i], () -> {
                never.await();
                return List.of();
            });
        }
        yarn.runs(all);
        Listing first = fetcher.fetch();
        assertThat(first.jobs()).isEmpty();
        assertThat(first.problems()).hasSize(5);
        assertThat(first.problems().get(0).message()).contains(all[0].id(), "within the 300 ms");

        // All have failed; one more that has not is asked before them.
        yarn.runs(all[0], all[1], all[2], all[3], FRESH);
        flink.at(FRESH, running(JOB));
        assertThat(applications(next())).containsExactly(FRESH.id());
    }

    @Test
    void aResourceManagerThatIsAwayLeavesTheKnownJobsAndSaysSinceWhen() throws Exception {
        yarn.runs(FIRST);
        flink.at(FIRST, running(JOB));
        fetcher.fetch();
        yarn.goesAway("the ResourceManager at rm:8032 does not answer: Connection refused");
        Listing listing = next();
        assertThat(listing.complete()).isFalse();
        assertThat(applications(listing)).containsExactly(FIRST.id());
        assertThat(listing.problems())
                .containsExactly(new Problem(
                        "prod",
                        "the ResourceManager at rm:8032 does not answer: Connection refused (failing since"
                                + " 2026-11-22T12:00:30Z, attempt 1, next at 2026-11-22T12:00:35Z;"
                                + " the jobs known before are kept)"));
        assertThat(flink.calls(FIRST)).isOne();
    }

    @Test
    void aResourceManagerThatStaysAwayIsAskedMoreAndMoreRarely() throws Exception {
        yarn.goesAway("silence");
        for (int second = 0; second < 3600; second++) {
            assertThat(fetcher.fetch().complete()).isFalse();
            clock.advance(Duration.ofSeconds(1));
        }
        // Every 5 s at first, and every 5 minutes at last.
        assertThat(yarn.calls()).isBetween(25, 40);
        assertThat(fetcher.fetch().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .contains("since 2026-11-22T12:00:00Z", "attempt " + yarn.calls()));

        yarn.runs(FIRST);
        flink.at(FIRST, running(JOB));
        clock.advance(Duration.ofMinutes(5));
        assertThat(fetcher.fetch().complete()).isTrue();
        yarn.goesAway("silence");
        assertThat(next().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("attempt 1,"));
    }

    @Test
    void aResourceManagerThatWasAwayForAMinuteIsListedAgainAQuarterOfThatLater() throws Exception {
        yarn.goesAway("failover");
        Instant end = clock.instant().plusSeconds(60);
        while (clock.instant().isBefore(end)) {
            fetcher.fetch();
            clock.advance(Duration.ofSeconds(1));
        }
        yarn.runs(FIRST);
        flink.at(FIRST, running(JOB));
        while (!fetcher.fetch().complete()) {
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(Duration.between(end, clock.instant())).isLessThanOrEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void aListingThatIsDoubtedIsRenewedAfterFiveSecondsAndOnlyOnce() throws Exception {
        yarn.runs(FIRST);
        flink.at(FIRST, running(JOB));
        fetcher.fetch();
        fetcher.doubt();
        clock.advance(Duration.ofMillis(4_999));
        fetcher.fetch();
        assertThat(yarn.calls()).isOne();
        clock.advance(Duration.ofMillis(1));
        fetcher.fetch();
        assertThat(yarn.calls()).isEqualTo(2);
        clock.advance(INTERVAL.minusMillis(1));
        fetcher.fetch();
        assertThat(yarn.calls()).isEqualTo(2);
    }

    @Test
    void aDoubtDoesNotHastenWhatIsAskedOfAResourceManagerThatIsAway() throws Exception {
        yarn.goesAway("silence");
        fetcher.fetch();
        clock.advance(Duration.ofMinutes(20));
        fetcher.fetch();
        clock.advance(Duration.ofMinutes(1));
        fetcher.doubt();
        fetcher.fetch();
        assertThat(yarn.calls()).isEqualTo(2);
    }

    @Test
    void anAddressThatHasMovedIsTakenOverWithTheNextListing() throws Exception {
        yarn.runs(FIRST);
        flink.at(FIRST, running(JOB));
        JobAutoScalerContext before = fetcher.fetch().jobs().get(0);
        yarn.runs(MOVED);
        flink.at(MOVED, running(JOB));
        JobAutoScalerContext after = next().jobs().get(0);
        assertThat(after.key()).isEqualTo(before.key());
        assertThat(after.rest().base()).isEqualTo(URI.create(MOVED.trackingUrl()));
    }

    @Test
    void anApplicationThatHasFailedIsAskedAtOnceWhereItIsReportedAtAnotherAddress() throws Exception {
        yarn.runs(FIRST);
        flink.at(FIRST, running(JOB));
        fetcher.fetch();
        flink.at(FIRST, () -> {
            throw new UnreachableException(Category.NO_ANSWER, "silence");
        });
        for (int listing = 0; listing < 60; listing++) {
            next();
        }
        int before = flink.calls(FIRST);
        while (flink.calls(FIRST) == before) {
            next();
        }
        // It would be asked again in five minutes.
        yarn.runs(MOVED);
        flink.at(MOVED, running(JOB));
        assertThat(next().problems()).isEmpty();
        assertThat(flink.calls(MOVED)).isOne();
    }

    @Test
    void anApplicationWhoseMasterHasToRegisterAnewKeepsItsJobsAndIsReadAsSoonAsItHas() throws Exception {
        yarn.runs(FIRST, SECOND);
        flink.at(FIRST, running(JOB));
        flink.at(SECOND, running(JOB));
        fetcher.fetch();
        yarn.runs(SECOND);
        yarn.accepts(FIRST, UNTAGGED);
        Listing failover = next();
        assertThat(applications(failover)).containsExactly(FIRST.id(), SECOND.id());
        assertThat(failover.applications())
                .contains(new ListedApplication(FIRST.id(), Optional.of(FIRST.description()), false));
        assertThat(failover.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains(FIRST.id(), "ACCEPTED", "not registered"));
        assertThat(yarn.reports()).as("it has not departed").isEmpty();

        yarn.runs(FIRST, SECOND);
        clock.advance(Duration.ofSeconds(5));
        assertThat(fetcher.fetch().problems()).isEmpty();
        assertThat(flink.calls(FIRST)).isEqualTo(2);
        assertThat(flink.calls(UNTAGGED)).isZero();
    }

    @Test
    void anApplicationThatFallsSilentBringsAFewListingsMoreAndNoMoreThanThat() throws Exception {
        yarn.runs(FIRST);
        flink.at(FIRST, running(JOB));
        fetcher.fetch();
        flink.at(FIRST, () -> {
            throw new UnreachableException(Category.NO_ANSWER, "silence");
        });
        next();
        int before = yarn.calls();
        for (int second = 0; second < 300; second++) {
            clock.advance(Duration.ofSeconds(1));
            fetcher.fetch();
        }
        assertThat(yarn.calls() - before).isBetween(10 + 2, 10 + 3);
    }

    @Test
    void closingEndsTheSession() {
        fetcher.close();
        assertThat(yarn.isClosed()).isTrue();
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> settings(Set.of(), Set.of(), INTERVAL)).hasMessageContaining("application type");
        assertThatThrownBy(() -> settings(Set.of("Apache Flink"), Set.of(), Duration.ZERO))
                .hasMessageContaining("list interval")
                .hasMessageContaining("PT0S");
    }

    private Listing next() throws InterruptedException {
        clock.advance(INTERVAL);
        return fetcher.fetch();
    }

    private YarnJobListFetcher fetcher(Set<String> tags) {
        return new YarnJobListFetcher(
                "prod",
                settings(Set.of("Apache Flink"), tags, INTERVAL),
                yarn,
                RestLogin.NONE,
                Optional.empty(),
                flink,
                Set.of(),
                clock,
                NO_CHANCE);
    }

    private static YarnClusterSettings settings(Set<String> types, Set<String> tags, Duration interval) {
        return new YarnClusterSettings(
                Optional.of("prod"),
                Path.of("conf"),
                ApplicationFilter.of(types, tags),
                Approach.PROXIED,
                Optional.empty(),
                interval,
                Duration.ofMillis(300));
    }

    private static List<String> applications(Listing listing) {
        return listing.jobs().stream().map(job -> job.key().applicationId()).toList();
    }

    private static FoundJob running(String id) {
        return job(id, "RUNNING");
    }

    private static FoundJob job(String id, String status) {
        return new FoundJob(id, "clicks", status);
    }
}
