package io.flinkyarn.autoscaler.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.RoomLedger.Grant;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.resources.Amount;
import io.flinkyarn.autoscaler.core.resources.Headroom;
import io.flinkyarn.autoscaler.core.resources.Headroom.Bound;
import io.flinkyarn.autoscaler.core.resources.Headroom.Rounding;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoomLedgerTest {

    private static final Duration CYCLE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Amount CONTAINER = new Amount(1024, 1);

    private final RoomLedger ledger = new RoomLedger(CYCLE);
    private final Map<String, Integer> containers = new HashMap<>();
    private Instant now = Instant.parse("2026-05-04T12:00:00Z");

    private static JobKey job(int n) {
        return new JobKey("test", "application_1_" + n, "a");
    }

    private static Claim claim(int job, int containers, int priority) {
        return new Claim(job(job), CONTAINER, containers, true, priority, PATIENCE);
    }

    private Grant ask(Claim claim, int room) {
        Headroom headroom = new Headroom(
                List.of(new Bound("queue root.a", CONTAINER.times(room), "queue root.a has room for " + room)),
                List.of(CONTAINER.times(1000)),
                new Rounding(CONTAINER, CONTAINER),
                containers,
                Optional.empty(),
                Optional.empty());
        return ledger.ask(claim, headroom, now);
    }

    private void nextCycle() {
        now = now.plus(CYCLE);
    }

    @Test
    void whatThereIsRoomForTwiceIsGrantedAtOnce() {
        assertThat(ask(claim(1, 4, 0), 8).containers()).isEqualTo(4);
    }

    @Test
    void whatWouldTakeMostOfTheRoomWaitsOneCycle() {
        Grant first = ask(claim(1, 4, 0), 7);
        assertThat(first.containers()).isZero();
        assertThat(first.limit())
                .isEqualTo(
                        "it would take most of what is left, and waits one cycle for jobs of a higher priority (its own"
                                + " is 0): queue root.a has room for 7; a container takes 1024 MiB and 1 vcores");
        nextCycle();
        assertThat(ask(claim(1, 4, 0), 7).containers()).isEqualTo(4);
    }

    @Test
    void theHigherPriorityIsServedFirstWhoeverAsksFirst() {
        ask(claim(1, 3, 0), 4);
        ask(claim(2, 3, 5), 4);
        nextCycle();
        Grant low = ask(claim(1, 3, 0), 4);
        assertThat(low.containers()).isEqualTo(1);
        assertThat(low.limit())
                .endsWith("; 1 jobs are served before it")
                .contains("1024 MiB and 1 vcores are not promised");
        assertThat(ask(claim(2, 3, 5), 4).containers()).isEqualTo(3);
    }

    @Test
    void whoeverFindsNewRoomLeavesItToThoseBeforeHim() {
        ask(claim(1, 2, 0), 0);
        ask(claim(2, 2, 5), 0);
        nextCycle();
        assertThat(ask(claim(1, 2, 0), 2).containers()).isZero();
        assertThat(ask(claim(2, 2, 5), 2).containers()).isEqualTo(2);
    }

    @Test
    void amongEqualsWhoeverWaitsLongestIsServedFirst() {
        ask(claim(2, 3, 0), 4);
        now = now.plusSeconds(1);
        ask(claim(1, 3, 0), 4);
        nextCycle();
        assertThat(ask(claim(1, 3, 0), 4).containers()).isEqualTo(1);
        assertThat(ask(claim(2, 3, 0), 4).containers()).isEqualTo(3);
    }

    @Test
    void aJobThatMayNotBeCutAndDoesNotFitKeepsNothingFromOthers() {
        Claim whole = new Claim(job(1), CONTAINER, 9, false, 5, PATIENCE);
        ask(whole, 4);
        ask(claim(2, 3, 0), 4);
        nextCycle();
        assertThat(ask(whole, 4).containers()).isZero();
        assertThat(ask(claim(2, 3, 0), 4).containers()).isEqualTo(3);
    }

    @Test
    void aJobThatIsContentOrDoesNotAskAgainIsWaitedForNoLonger() {
        ask(claim(1, 3, 5), 4);
        ask(claim(2, 3, 0), 4);
        ledger.content(job(1));
        nextCycle();
        assertThat(ask(claim(2, 3, 0), 4).containers()).isEqualTo(3);
        ledger.withdraw(job(2));

        ask(claim(1, 3, 5), 4);
        Claim whole = new Claim(job(2), CONTAINER, 3, false, 0, PATIENCE);
        ask(whole, 4);
        for (int cycle = 1; cycle <= 5; cycle++) {
            nextCycle();
            assertThat(ask(whole, 4).containers()).isZero();
        }
        nextCycle();
        assertThat(ask(whole, 4).containers()).isEqualTo(3);
    }

    @Test
    void whatIsPromisedIsGivenToNobodyElseUntilTheFiguresShowIt() {
        containers.put(job(1).applicationId(), 2);
        assertThat(ask(claim(1, 4, 0), 8).containers()).isEqualTo(4);
        assertThat(ask(claim(2, 2, 0), 8).containers()).isEqualTo(2);
        assertThat(ask(claim(3, 3, 0), 8).containers()).isZero();
        nextCycle();
        assertThat(ask(claim(3, 3, 0), 8).containers()).isEqualTo(2);
        ledger.withdraw(job(3));
        // Three of the four have come: the room is less by three, and so is the promise.
        containers.put(job(1).applicationId(), 5);
        assertThat(ask(claim(3, 1, 0), 5).containers()).isEqualTo(1);
        containers.put(job(1).applicationId(), 6);
        assertThat(ask(claim(3, 1, 0), 4).containers()).isEqualTo(1);
    }

    @Test
    void aPromiseThatIsNeverSeenEndsWithItsTime() {
        assertThat(ask(claim(1, 4, 0), 8).containers()).isEqualTo(4);
        now = now.plus(PATIENCE);
        assertThat(ask(claim(2, 4, 0), 8).containers()).isZero();
        now = now.plusSeconds(1);
        assertThat(ask(claim(2, 4, 0), 8).containers()).isEqualTo(4);
    }

    @Test
    void whatAJobDoesNotTakeIsFreeAgain() {
        assertThat(ask(claim(1, 4, 0), 8).containers()).isEqualTo(4);
        ledger.settle(job(1), 1);
        assertThat(ask(claim(2, 3, 0), 8).containers()).isEqualTo(3);
        ledger.settle(job(2), 0);
        assertThat(ask(claim(3, 3, 0), 8).containers()).isEqualTo(3);
        assertThat(ledger.applications()).containsExactlyInAnyOrder("application_1_1", "application_1_3");
    }

    @Test
    void jobsOfOneSessionDoNotTakeTheContainersOfEachOtherForTheirOwn() {
        JobKey first = new JobKey("test", "session", "a");
        JobKey second = new JobKey("test", "session", "b");
        containers.put("session", 1);
        ask(new Claim(first, CONTAINER, 2, true, 0, PATIENCE), 8);
        ask(new Claim(second, CONTAINER, 2, true, 0, PATIENCE), 8);
        // The two of the first have come. Those of the second have not.
        containers.put("session", 3);
        ask(claim(3, 5, 0), 6);
        nextCycle();
        assertThat(ask(claim(3, 5, 0), 6).containers()).isEqualTo(4);
    }

    /** A cluster whose figures are late, whose containers come late or never, and jobs that ask for what they like. */
    @Test
    void neverMoreIsGivenThanThereIs() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            RoomLedger any = new RoomLedger(CYCLE);
            int capacity = 5 + random.nextInt(40);
            int jobs = 2 + random.nextInt(6);
            int[] granted = new int[jobs];
            int[] come = new int[jobs];
            int[] shown = new int[jobs];
            for (int step = 0; step < 200; step++) {
                now = now.plusSeconds(1 + random.nextInt(5));
                int j = random.nextInt(jobs);
                switch (random.nextInt(4)) {
                    case 0 -> come[j] += random.nextInt(granted[j] - come[j] + 1);
                    case 1 -> System.arraycopy(come, 0, shown, 0, jobs);
                    case 2 -> {
                        // A rescale is decided again only when the one before has ended: all that was granted is there.
                        if (granted[j] == shown[j]) {
                            int ask = 1 + random.nextInt(12);
                            Grant grant = any.ask(
                                    new Claim(
                                            job(j),
                                            CONTAINER,
                                            ask,
                                            random.nextBoolean(),
                                            random.nextInt(3),
                                            Duration.ofDays(1)),
                                    figures(capacity, shown, random),
                                    now);
                            assertThat(grant.containers()).isBetween(0, ask);
                            granted[j] += grant.containers();
                        }
                    }
                    default -> {
                        if (granted[j] == shown[j]) {
                            int released = random.nextInt(granted[j] + 1);
                            granted[j] -= released;
                            come[j] -= released;
                        }
                    }
                }
                int all = 0;
                for (int of : granted) {
                    all += of;
                }
                assertThat(all).as("seed %d, step %d", seed, step).isLessThanOrEqualTo(capacity);
            }
        }
    }

    private static Headroom figures(int capacity, int[] shown, Random random) {
        Map<String, Integer> counts = new HashMap<>();
        int used = 0;
        for (int i = 0; i < shown.length; i++) {
            used += shown[i];
            counts.put(job(i).applicationId(), shown[i]);
        }
        boolean byQueue = random.nextBoolean();
        Amount left = CONTAINER.times(capacity - used);
        return new Headroom(
                List.of(new Bound("queue root.a", byQueue ? left : CONTAINER.times(1000), "")),
                List.of(byQueue ? CONTAINER.times(1000) : left),
                new Rounding(CONTAINER, CONTAINER),
                counts,
                Optional.empty(),
                Optional.empty());
    }
}
