package io.flinkyarn.autoscaler.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.ClusterView.Standing;
import io.flinkyarn.autoscaler.control.JobListFetcher.Listing;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import io.flinkyarn.autoscaler.core.sample.Sampling;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import io.flinkyarn.autoscaler.testing.FakeStore;
import io.flinkyarn.autoscaler.testing.Journal;
import io.flinkyarn.autoscaler.testing.Policies;
import io.flinkyarn.autoscaler.testing.RecordingEventHandler;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ControlLoopTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final JobAutoScalerContext JOB = FakeFlink.context(1);
    private static final Listing JOB_ONLY = listing(JOB);
    private static final Optional<UnreachableException> SILENCE =
            Optional.of(new UnreachableException(UnreachableException.Category.NO_ANSWER, "silence"));
    private static final Problem REFUSED = new Problem("test", "rm:8032: connection refused");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-05-04T12:00:00Z"));
    private final Journal journal = new Journal();
    private final FakeFlink flink = new FakeFlink(clock, journal);
    private final FakeStore store = new FakeStore(journal);
    private final Board board = new Board();
    private final FakeFetcher fetcher = new FakeFetcher("test");

    /** Answers what the test sets. */
    private static final class FakeFetcher implements JobListFetcher {
        private final String cluster;
        private volatile Listing listing = Listing.empty(List.of(), true);
        private final Semaphore doubts = new Semaphore(0);
        private final Semaphore fetches = new Semaphore(0);

        FakeFetcher(String cluster) {
            this.cluster = cluster;
        }

        @Override
        public String cluster() {
            return cluster;
        }

        @Override
        public Listing fetch() throws InterruptedException {
            fetches.release();
            return listing;
        }

        @Override
        public void doubt() {
            doubts.release();
        }

        @Override
        public void close() {}
    }

    private static Listing listing(JobAutoScalerContext job) {
        return new Listing(List.of(job), List.of(), List.of(), List.of(), true);
    }

    private Ports ports(ScalingRealizer realizer) {
        RecordingEventHandler events = new RecordingEventHandler();
        return new Ports(flink, store, realizer, events, events, Policies::read, board, clock, INTERVAL);
    }

    private ControlLoop loop() {
        return new ControlLoop(ports(flink), List.of(fetcher), 4, List.of(), CycleListener.NONE);
    }

    private void list(Listing listing, ControlLoop loop) {
        fetcher.listing = listing;
        loop.list();
    }

    @Test
    void the_jobs_that_are_listed_are_shown_before_they_are_worked_on() {
        try (ControlLoop loop = loop()) {
            list(JOB_ONLY, loop);
            assertThat(board.jobs())
                    .singleElement()
                    .satisfies(view -> assertThat(view.mode()).isEqualTo(JobMode.UNKNOWN));
            assertThat(board.clusters()).singleElement().satisfies(view -> {
                assertThat(view.standing()).isEqualTo(Standing.REACHABLE);
                assertThat(view.jobs()).isEqualTo(1);
            });
        }
    }

    @Test
    void a_job_that_is_missing_from_a_complete_listing_is_forgotten_but_what_is_stored_stays() throws Exception {
        store.put(JOB, JobState.NEW);
        try (ControlLoop loop = loop()) {
            list(JOB_ONLY, loop);
            list(Listing.empty(List.of(), true), loop);
            assertThat(board.jobs()).isEmpty();
            assertThat(journal.entries()).containsExactly("forget job-1");
            assertThat(store.state(JOB)).isPresent();
        }
    }

    @Test
    void a_listing_that_the_cluster_did_not_answer_changes_nothing_but_the_view_of_the_cluster() {
        try (ControlLoop loop = loop()) {
            list(JOB_ONLY, loop);
            clock.advance(INTERVAL);
            list(Listing.empty(List.of(REFUSED), false), loop);
            clock.advance(INTERVAL);
            list(Listing.empty(List.of(REFUSED), false), loop);
            assertThat(board.jobs()).hasSize(1);
            assertThat(board.clusters()).singleElement().satisfies(view -> {
                assertThat(view.standing()).isEqualTo(Standing.UNREACHABLE);
                assertThat(view.since()).isEqualTo("2026-05-04T12:00:10Z");
                assertThat(view.problems()).containsExactly(REFUSED);
                assertThat(view.jobs()).isEqualTo(1);
            });
        }
    }

    @Test
    void a_fetcher_that_hangs_delays_no_other_cluster() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        JobListFetcher hanging = new JobListFetcher() {
            @Override
            public String cluster() {
                return "hanging";
            }

            @Override
            public Listing fetch() throws InterruptedException {
                hangs.countDown();
                new CountDownLatch(1).await();
                throw new AssertionError("nobody opens it");
            }

            @Override
            public void close() {}
        };
        CountDownLatch served = new CountDownLatch(1);
        flink.start(JOB);
        fetcher.listing = JOB_ONLY;
        RecordingEventHandler events = new RecordingEventHandler();
        Ports ports = new Ports(
                flink,
                store,
                flink,
                events,
                events,
                (job, configuration, ordered) -> {
                    served.countDown();
                    return Policies.read(configuration);
                },
                board,
                Clock.systemUTC(),
                Duration.ofMillis(100));
        try (ControlLoop loop = new ControlLoop(ports, List.of(hanging, fetcher), 4, List.of(), CycleListener.NONE)) {
            loop.start();
            hangs.await();
            served.await();
            assertThat(board.cluster("hanging").orElseThrow().askingSince()).isPresent();
        }
    }

    @Test
    void jobs_of_a_cluster_that_hangs_take_no_place_from_those_of_another() throws Exception {
        FakeFetcher hanging = new FakeFetcher("hanging");
        hanging.listing = listing(FakeFlink.context("hanging", 1, "RUNNING"));
        flink.start(JOB);
        fetcher.listing = JOB_ONLY;
        CountDownLatch never = new CountDownLatch(1);
        MetricsCollector collector = new MetricsCollector() {
            @Override
            public JobFacts facts(JobAutoScalerContext job) throws UnreachableException, InterruptedException {
                if (job.key().cluster().equals("hanging")) {
                    never.await();
                }
                return flink.facts(job);
            }

            @Override
            public Sampling collect(JobAutoScalerContext job, JobFacts facts) throws UnreachableException {
                return flink.collect(job, facts);
            }

            @Override
            public void forget(JobAutoScalerContext job) {}
        };
        Ports all = ports(flink);
        Ports ports = new Ports(
                collector, store, flink, all.stepEvents(), all.events(), all.policies(), board, clock, INTERVAL);
        Semaphore ticksDone = new Semaphore(0);
        ExecutorService workers = new ThreadPoolExecutor(0, 10, 1, TimeUnit.SECONDS, new SynchronousQueue<>()) {
            @Override
            protected void afterExecute(Runnable tick, @Nullable Throwable failure) {
                ticksDone.release();
            }
        };
        try (ControlLoop loop =
                new ControlLoop(ports, List.of(hanging, fetcher), 1, List.of(), CycleListener.NONE, workers)) {
            loop.list();
            for (int cycle = 1; cycle <= 3; cycle++) {
                clock.advance(INTERVAL);
                loop.beat();
                ticksDone.acquire();
            }
            never.countDown();
        }
        assertThat(journal.entries()).filteredOn("collect job-1"::equals).hasSize(3);
    }

    @Test
    void the_stop_lets_a_request_under_way_end_and_its_outcome_be_saved() throws Exception {
        flink.start(JOB);
        openTarget();
        fetcher.listing = JOB_ONLY;
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        ScalingRealizer realizer = (job, target) -> {
            sending.countDown();
            answer.await();
            return ScalingRealizer.Realization.SENT;
        };
        ControlLoop loop = new ControlLoop(ports(realizer), List.of(fetcher), 4, List.of(), CycleListener.NONE);
        loop.list();
        clock.advance(INTERVAL);
        loop.beat();
        sending.await();
        Thread stop = new Thread(loop::close);
        stop.start();
        answer.countDown();
        stop.join();
        assertThat(store.state(JOB).flatMap(JobState::reconciliation).map(Reconciliation::phase))
                .contains(Phase.ACCEPTED);
    }

    @Test
    void a_job_that_falls_silent_brings_a_listing_at_once_and_only_the_first_time() throws Exception {
        flink.start(JOB).collectFails = SILENCE;
        fetcher.listing = JOB_ONLY;
        // Without it the next listing would come when this test has timed out.
        Duration interval = Duration.ofSeconds(100);
        Ports all = ports(flink);
        Ports ports =
                new Ports(flink, store, flink, all.stepEvents(), all.events(), all.policies(), board, clock, interval);
        try (ControlLoop loop = new ControlLoop(ports, List.of(fetcher), 4, List.of(), CycleListener.NONE)) {
            loop.start();
            fetcher.fetches.acquire();
            while (!fetcher.fetches.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                clock.advance(interval);
            }
            assertThat(fetcher.doubts.tryAcquire()).isTrue();
            assertThat(fetcher.doubts.tryAcquire()).isFalse();
        }
    }

    @Test
    void a_job_that_is_left_alone_after_failures_is_served_at_once_where_it_is_listed_at_another_address() {
        SteppedLoop loop = loopWithAJobThatIsLeftAlone();
        fetcher.listing = listing(new JobAutoScalerContext(
                JOB.key(),
                JOB.jobName(),
                JOB.jobStatus(),
                new RestEndpoint("test", URI.create("http://rm2:8088/proxy/application_1_0001/")),
                JOB.application()));
        loop.list();
        cycle(loop);
        assertThat(board.jobs().get(0).trouble()).isEmpty();
    }

    @Test
    void a_job_that_is_left_alone_after_failures_is_served_at_once_where_its_cluster_is_back() {
        SteppedLoop loop = loopWithAJobThatIsLeftAlone();
        fetcher.listing = Listing.empty(List.of(REFUSED), false);
        loop.list();
        fetcher.listing = JOB_ONLY;
        loop.list();
        cycle(loop);
        assertThat(board.jobs().get(0).trouble()).isEmpty();
    }

    /** Its first, second and fourth cycle have failed, and the next three are skipped, though it would answer now. */
    private SteppedLoop loopWithAJobThatIsLeftAlone() {
        FakeFlink.Job job = flink.start(JOB);
        job.collectFails = SILENCE;
        fetcher.listing = JOB_ONLY;
        SteppedLoop loop = new SteppedLoop(ports(flink), List.of(fetcher));
        loop.list();
        for (int i = 0; i < 4; i++) {
            cycle(loop);
        }
        job.collectFails = Optional.empty();
        loop.list();
        cycle(loop);
        assertThat(board.jobs().get(0).trouble()).as("it is left alone").isPresent();
        return loop;
    }

    private void cycle(SteppedLoop loop) {
        clock.advance(INTERVAL);
        loop.beat();
    }

    @Test
    void a_defect_of_a_fetcher_is_shown_and_harms_nobody() {
        fetcher.listing = JOB_ONLY;
        JobListFetcher broken = new JobListFetcher() {
            @Override
            public String cluster() {
                return "broken";
            }

            @Override
            public Listing fetch() {
                throw new IllegalStateException("no such ring");
            }

            @Override
            public void close() {}
        };
        Ports ports = ports(flink);
        try (ControlLoop loop = new ControlLoop(ports, List.of(broken, fetcher), 4, List.of(), CycleListener.NONE)) {
            loop.list();
        }
        assertThat(board.jobs()).hasSize(1);
        assertThat(board.cluster("broken").orElseThrow().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("no such ring"));
    }

    private void openTarget() throws Exception {
        Reconciliation open = Reconciliation.requested(clock.instant(), Map.of(FakeFlink.MAP, 3));
        store.put(JOB, JobState.NEW.withReconciliation(open));
    }
}
