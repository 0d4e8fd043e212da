package io.flinkyarn.autoscaler.core.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.resources.Headroom.Bound;
import io.flinkyarn.autoscaler.core.resources.Headroom.Largest;
import io.flinkyarn.autoscaler.core.resources.Headroom.Promised;
import io.flinkyarn.autoscaler.core.resources.Headroom.Rounding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeadroomTest {

    private static final Amount LEAST = new Amount(512, 1);
    private static final Amount CONTAINER = new Amount(1024, 1);

    private static Headroom headroom(Amount left, Amount... nodes) {
        return new Headroom(
                List.of(new Bound("queue root.a", left, "queue root.a is small")),
                List.of(nodes),
                new Rounding(LEAST, LEAST),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aContainerIsRoundedUpToAMultipleOfTheSmallest() {
        Headroom headroom = headroom(CONTAINER, CONTAINER);

        assertThat(headroom.rounded(new Amount(1025, 1))).isEqualTo(new Amount(1536, 1));
        assertThat(headroom.rounded(new Amount(100, 0))).isEqualTo(new Amount(512, 1));
    }

    @Test
    void aContainerHasToFitOnOneNode() {
        Headroom headroom = headroom(CONTAINER.times(10), new Amount(1000, 8), new Amount(2100, 8));

        assertThat(headroom.fits(CONTAINER, List.of()))
                .isEqualTo(new Headroom.Fit(2, "the nodes have no more room for containers of 1024 MiB and 1 vcores"));
    }

    @Test
    void theTightestLimitIsNamed() {
        Headroom headroom = headroom(new Amount(2048, 1), CONTAINER.times(10));

        assertThat(headroom.fits(CONTAINER, List.of()))
                .isEqualTo(new Headroom.Fit(1, "queue root.a is small; a container takes 1024 MiB and 1 vcores"));
    }

    @Test
    void moreInUseThanThereShouldBeIsNoRoom() {
        assertThat(headroom(new Amount(-5, 3), CONTAINER)
                        .fits(CONTAINER, List.of())
                        .containers())
                .isZero();
    }

    @Test
    void whatIsPromisedToOthersIsTakenFromTheNodesAndFromTheLimitsThatTheyShare() {
        Headroom headroom = headroom(CONTAINER.times(4), CONTAINER.times(3), CONTAINER.times(3));

        assertThat(headroom.fits(CONTAINER, List.of(new Promised(Set.of("queue root.a"), CONTAINER, 3)))
                        .containers())
                .isEqualTo(1);
        assertThat(headroom.fits(CONTAINER, List.of(new Promised(Set.of("queue root.b"), CONTAINER, 3)))
                        .containers())
                .isEqualTo(3);
    }

    @Test
    void aContainerThatIsLargerThanAnyThatIsGivenNeverFits() {
        Amount much = CONTAINER.times(100);
        Headroom headroom = new Headroom(
                List.of(),
                List.of(much),
                new Rounding(LEAST, LEAST),
                Map.of(),
                Optional.of(new Largest(CONTAINER, "queue root.a gives no container larger than 1024 MiB")),
                Optional.empty());

        assertThat(headroom.fits(CONTAINER, List.of()).containers()).isEqualTo(100);
        assertThat(headroom.fits(new Amount(1536, 1), List.of()))
                .isEqualTo(
                        new Headroom.Fit(
                                0,
                                "queue root.a gives no container larger than 1024 MiB; a container takes 1536 MiB and 1 vcores"));
    }

    @Test
    void whatIsNotKnownIsSaidBesideTheLimit() {
        Headroom headroom = new Headroom(
                List.of(new Bound("queue root.a", Amount.NOTHING, "queue root.a is full")),
                List.of(CONTAINER),
                new Rounding(LEAST, LEAST),
                Map.of(),
                Optional.empty(),
                Optional.of("user limits are not known: nobody answers"));

        assertThat(headroom.fits(CONTAINER, List.of()).limit())
                .isEqualTo("queue root.a is full; a container takes 1024 MiB and 1 vcores; user limits are not known:"
                        + " nobody answers");
    }
}
