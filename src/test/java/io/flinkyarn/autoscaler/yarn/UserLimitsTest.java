package io.flinkyarn.autoscaler.yarn;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.SchedulerPage.LeafQueue;
import io.flinkyarn.autoscaler.control.SchedulerPage.User;
import io.flinkyarn.autoscaler.core.resources.Amount;
import io.flinkyarn.autoscaler.core.resources.Headroom.Bound;
import io.flinkyarn.autoscaler.core.resources.Headroom.Largest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class UserLimitsTest {

    private static final Amount ALL = new Amount(8192, 32);
    private static final Amount GUARANTEED = new Amount(2560, 10);

    private static LeafQueue queue(double factor, User... users) {
        return new LeafQueue(
                "root.etl.small",
                Optional.of(GUARANTEED),
                OptionalDouble.empty(),
                OptionalDouble.of(factor),
                Optional.of(new Amount(1024, 4)),
                List.of(users));
    }

    private static User ann(long usedMb, Amount told) {
        return new User("ann", new Amount(usedMb, 1), told, 1);
    }

    private static Optional<Bound> ofAnn(LeafQueue queue) {
        return UserLimits.of(List.of(queue)).bound("root.etl.small", "ann", ALL, true);
    }

    @Test
    void aUserMayHaveSoMuchOfWhatTheQueueIsGuaranteed() {
        assertThat(ofAnn(queue(0.4, ann(512, new Amount(1024, 4)))))
                .contains(new Bound(
                        "user ann in queue root.etl.small",
                        new Amount(512, 3),
                        "user ann in queue root.etl.small uses 512 MiB and 1 vcores of at most 1024 MiB and 4 vcores"
                                + " (user-limit-factor 0.4)"));
    }

    @Test
    void whatTheSchedulerFoundLastIsNotTheLimitAsItGrowsWithTheUser() {
        // As recorded: a user who had 2048 MiB was shown a limit of 704 MiB, and went on growing to 3584 MiB.
        assertThat(ofAnn(queue(2, ann(2048, new Amount(704, 3)))))
                .map(Bound::left)
                .contains(new Amount(5120 - 2048, 19));
    }

    @Test
    void aLimitThatIsNotComputedYetIsNone() {
        assertThat(ofAnn(queue(1, ann(512, Amount.NOTHING)))).map(Bound::left).contains(new Amount(2048, 9));
    }

    @Test
    void aUserWhoIsNotListedHasNothingInTheQueue() {
        User bob = new User("bob", GUARANTEED, GUARANTEED, 1);

        assertThat(ofAnn(queue(1, bob))).map(Bound::left).contains(GUARANTEED);
    }

    @Test
    void aUserOfMoreWeightMayHaveMore() {
        User heavy = new User("ann", Amount.NOTHING, Amount.NOTHING, 1.5);

        assertThat(ofAnn(queue(0.4, heavy))).map(Bound::left).contains(new Amount(1536, 6));
    }

    @Test
    void aSchedulerThatCountsMemoryAloneDoesNotBoundTheVcores() {
        assertThat(ofAnn(queue(0.4, ann(512, new Amount(1024, 1)))))
                .hasValueSatisfying(bound -> assertThat(bound.left()).isEqualTo(new Amount(512, Integer.MAX_VALUE)))
                .hasValueSatisfying(bound -> assertThat(bound.sentence()).doesNotContain("vcores"));
    }

    @Test
    void withoutAFactorAboveNothingOnlyTheQueueBounds() {
        assertThat(ofAnn(queue(-1, ann(512, GUARANTEED)))).isEmpty();
        assertThat(UserLimits.of(List.of(queue(-1))).caveat("root.etl.small", ALL))
                .isEmpty();
    }

    @Test
    void anOldClusterTellsTheGuaranteeAsAShareAndTheQueueByItsLastName() {
        UserLimits limits = UserLimits.of(List.of(new LeafQueue(
                "root.etl.small",
                Optional.empty(),
                OptionalDouble.of(0.25),
                OptionalDouble.of(1),
                Optional.empty(),
                List.of())));

        assertThat(limits.bound("small", "ann", ALL, true)).map(Bound::left).contains(new Amount(2048, 8));
        assertThat(limits.largest("small", true)).isEmpty();
        assertThat(limits.caveat("small", ALL)).isEmpty();
    }

    @Test
    void theLargestContainerIsThatOfTheQueue() {
        assertThat(UserLimits.of(List.of(queue(1))).largest("root.etl.small", false))
                .contains(new Largest(
                        new Amount(1024, Integer.MAX_VALUE),
                        "queue root.etl.small gives no container larger than 1024 MiB (maximum-allocation)"));
    }

    @Test
    void whatIsNotToldIsSaid() {
        assertThat(UserLimits.unknown("nobody answers").caveat("root.a", ALL))
                .contains("user limits are not known: nobody answers");
        assertThat(UserLimits.of(List.of(queue(1))).caveat("root.other", ALL))
                .contains(
                        "user limits are not known: the scheduler's page of the ResourceManager does not tell those of"
                                + " queue root.other");
    }
}
