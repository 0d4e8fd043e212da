package io.flinkyarn.autoscaler.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.StandingOrder.What;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import io.flinkyarn.autoscaler.testing.FakeStore;
import io.flinkyarn.autoscaler.testing.Journal;
import io.flinkyarn.autoscaler.testing.Policies;
import io.flinkyarn.autoscaler.testing.RecordingEventHandler;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people order by hand, and what a job does then. */
class OrdersInTicksTest {

    private static final Duration CYCLE = Duration.ofSeconds(10);
    private static final JobAutoScalerContext JOB = FakeFlink.context(1);
    private static final OrderTarget CLUSTER = OrderTarget.cluster(JOB.key().cluster());

    private final SettableClock clock = new SettableClock(Instant.parse("2026-05-04T12:00:00Z"));
    private final Journal journal = new Journal();
    private final FakeFlink flink = new FakeFlink(clock, journal);
    private final FakeStore store = new FakeStore(journal);
    private final RecordingEventHandler events = new RecordingEventHandler();
    private final Board board = new Board();
    private final InMemoryManualControl control = new InMemoryManualControl(board);
    private final FakeFlink.Job fake = flink.start(JOB);
    private StandingOrders orders;
    private JobTick tick;

    @BeforeEach
    void startWithWhatStands() throws StoreException {
        orders = StandingOrders.open(control);
        tick = new JobTick(
                JOB,
                new Ports(
                        flink,
                        store,
                        flink,
                        events,
                        events,
                        Policies::read,
                        board,
                        clock,
                        CYCLE,
                        new Commons(Map.of(), CYCLE),
                        orders));
    }

    private void cycles(int count) {
        for (int i = 0; i < count; i++) {
            clock.advance(CYCLE);
            orders.refresh();
            tick.run(JOB);
        }
    }

    private StandingOrder order(OrderTarget target, What what) {
        return new StandingOrder(target, what, "ann", "release tonight", clock.instant());
    }

    private Hold hold() {
        return (Hold) board.job(JOB.key()).orElseThrow().decided().orElseThrow().decision();
    }

    @Test
    void a_paused_job_is_observed_and_not_rescaled_and_says_who_paused_it_since_when_and_why() {
        control.give(order(CLUSTER, What.PAUSE));
        fake.rate = 250;
        cycles(12);
        assertThat(fake.parallelism).isEqualTo(1);
        assertThat(hold().reason()).isEqualTo(HoldReason.PAUSED);
        assertThat(hold().detail()).isEqualTo("by ann since 2026-05-04T12:00:00Z for CLUSTER:test: release tonight");
        assertThat(hold().recommended()).as("what would be done").isPresent();
        assertThat(board.job(JOB.key()).orElseThrow().decided().orElseThrow().since())
                .isEqualTo("2026-05-04T12:00:00Z");
    }

    @Test
    void a_job_that_is_resumed_is_rescaled_by_what_was_seen_meanwhile() {
        control.give(order(OrderTarget.ALL, What.PAUSE));
        fake.rate = 250;
        cycles(12);
        control.takeBack(OrderTarget.ALL, What.PAUSE, "ann", "", clock.instant());
        cycles(1);
        assertThat(fake.parallelism).isGreaterThan(3);
    }

    @Test
    void a_rescale_that_is_under_way_is_followed_to_its_end_and_not_sent_again() throws Exception {
        store.put(
                JOB,
                JobState.NEW.withReconciliation(Reconciliation.requested(clock.instant(), Map.of(FakeFlink.MAP, 3))));
        control.give(order(OrderTarget.ALL, What.PAUSE));
        cycles(2);
        assertThat(journal.entries()).doesNotContain("realize job-1");
        fake.parallelism = 3;
        cycles(2);
        assertThat(store.state(JOB).orElseThrow().reconciliation().orElseThrow().phase())
                .isEqualTo(Phase.RUNNING);
        assertThat(hold().reason()).isEqualTo(HoldReason.PAUSED);
    }

    @Test
    void a_reset_forgets_what_was_learnt_once() {
        fake.rate = 250;
        cycles(12);
        assertThat(store.state(JOB).orElseThrow().history()).isNotEmpty();
        control.give(order(CLUSTER, What.RESET));
        cycles(1);
        JobState fresh = store.state(JOB).orElseThrow();
        assertThat(fresh.history()).isEmpty();
        assertThat(fresh.window().size()).isEqualTo(1);
        assertThat(control.orders()).isEmpty();
        cycles(1);
        assertThat(store.state(JOB).orElseThrow().window().size()).isEqualTo(2);
    }

    @Test
    void a_reset_keeps_sight_of_a_rescale_that_is_under_way() throws Exception {
        cycles(1);
        fake.realizeFails = Optional.of(new UnreachableException(UnreachableException.Category.NO_ANSWER, "no answer"));
        fake.rate = 250;
        cycles(12);
        assertThat(store.state(JOB).orElseThrow().reconciliation().orElseThrow().phase())
                .isEqualTo(Phase.REQUESTED);
        control.give(order(CLUSTER, What.RESET));
        control.give(order(CLUSTER, What.PAUSE));
        tick.tryAtOnce();
        cycles(1);
        assertThat(control.orders()).extracting(StandingOrder::what).containsExactly(What.PAUSE);
        assertThat(store.state(JOB).orElseThrow().reconciliation()).isPresent();
        assertThat(store.state(JOB).orElseThrow().history()).isEmpty();
    }
}
