package io.flinkyarn.autoscaler.core.decide;

import static io.flinkyarn.autoscaler.core.testing.Given.START;
import static io.flinkyarn.autoscaler.core.testing.Given.id;
import static io.flinkyarn.autoscaler.core.testing.Given.vertex;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.evaluate.Estimator;
import io.flinkyarn.autoscaler.core.evaluate.RequiredCapacity;
import io.flinkyarn.autoscaler.core.evaluate.UtilizationBand;
import io.flinkyarn.autoscaler.core.evaluate.VertexEvaluation;
import io.flinkyarn.autoscaler.core.event.EventText;
import io.flinkyarn.autoscaler.core.job.Edge;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.ShipStrategy;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.state.PastScaling;
import io.flinkyarn.autoscaler.core.state.PendingScaleDown;
import io.flinkyarn.autoscaler.core.state.PendingScaleDown.Wish;
import io.flinkyarn.autoscaler.core.testing.Given;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The decision about a vertex of 10 subtasks that receives 1000 records/s. At its target utilization of 0.5 it should be able to process
 * 2000/s; between 1500/s and 4000/s it is inside its band.
 */
class VertexDecisionTest {

    private static final Instant NOW = START.plus(Duration.ofHours(1));
    private static final JobVertex VERTEX = vertex("work", 10);

    private static final ScalingPolicy AT_ONCE = policy();
    private static final ScalingPolicy DELAYED = policy("scale-down.interval", "30 min");

    private static ScalingPolicy policy(String... options) {
        String[] all = new String[options.length + 2];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = "utilization.target";
        all[options.length + 1] = "0.5";
        return Given.policy(all);
    }

    /** @param rate true processing rate, records/s */
    private static VertexEvaluation rates(double rate, double busyRatio) {
        return new VertexEvaluation(
                OptionalDouble.of(1000),
                OptionalDouble.of(0),
                OptionalDouble.empty(),
                OptionalDouble.of(busyRatio),
                true,
                OptionalDouble.of(rate),
                Estimator.BUSY_TIME,
                new RequiredCapacity(1000, 0, 0),
                new UtilizationBand(OptionalDouble.of(1500), OptionalDouble.of(4000)),
                List.of());
    }

    private static VertexEvaluation rates(double rate) {
        return rates(rate, 0.5);
    }

    private static VertexProposal decide(JobVertex vertex, VertexEvaluation rates, ScalingPolicy policy) {
        return decide(vertex, rates, policy, Optional.empty());
    }

    private static VertexProposal decide(
            JobVertex vertex,
            VertexEvaluation rates,
            ScalingPolicy policy,
            Optional<PendingScaleDown> pending,
            PastScaling... past) {
        JobVertex source = vertex("source", 1);
        JobGraph graph =
                JobGraph.of(List.of(source, vertex), List.of(new Edge(source.id(), vertex.id(), ShipStrategy.HASH)));
        return new VertexDecision(graph, 1, rates, policy, List.of(past), pending, NOW).proposal();
    }

    private static Optional<PendingScaleDown> wished(Duration ago, int parallelism, boolean outsideBand) {
        Instant at = NOW.minus(ago);
        return Optional.of(new PendingScaleDown(at, List.of(new Wish(at, parallelism, outsideBand))));
    }

    private static void assertOutcome(VertexProposal proposal, VertexOutcome outcome, int parallelism) {
        assertThat(proposal.verdict().outcome()).isEqualTo(outcome);
        assertThat(proposal.verdict().newParallelism()).isEqualTo(parallelism);
    }

    @Test
    void aVertexThatIsTooSlowGetsWhatItsRatesAskFor() {
        VertexProposal proposal = decide(VERTEX, rates(1000), AT_ONCE);

        assertOutcome(proposal, VertexOutcome.SCALE_UP, 20);
        assertThat(proposal.justifies()).isTrue();
        assertThat(proposal.ineffective()).isFalse();
        assertThat(proposal.pending()).isEmpty();
        Verdict verdict = proposal.verdict();
        assertThat(verdict.requiredCapacity()).hasValue(2000);
        assertThat(verdict.scaleFactor()).hasValue(2);
        assertThat(verdict.rawParallelism()).isEqualTo(20);
        assertThat(verdict.expectedProcessingRate()).hasValue(2000);
        assertThat(verdict.limit()).isEqualTo(Limit.NONE);
        assertThat(verdict.outsideBand()).isTrue();
    }

    @Test
    void aVertexThatIsTooFastGivesBackWhatItDoesNotNeed() {
        VertexProposal proposal = decide(VERTEX, rates(5000), AT_ONCE);

        assertOutcome(proposal, VertexOutcome.SCALE_DOWN, 4);
        assertThat(proposal.justifies()).isTrue();
        assertThat(proposal.verdict().expectedProcessingRate()).hasValue(2000);
        assertThat(proposal.pending()).isEmpty();
    }

    @Test
    void aChangeInsideTheBandIsNoReasonToRescale() {
        assertThat(decide(VERTEX, rates(1600), AT_ONCE).justifies()).isFalse();
        assertThat(decide(VERTEX, rates(3900), AT_ONCE).justifies()).isFalse();
        assertThat(decide(VERTEX, rates(3900), DELAYED).justifies()).isFalse();
    }

    @Test
    void aVertexThatIsFullyBusyIsNotScaledDown() {
        VertexProposal busy = decide(VERTEX, rates(5000, 0.95), AT_ONCE);

        assertOutcome(busy, VertexOutcome.FULLY_BUSY, 10);
        assertThat(busy.verdict().alignedParallelism()).isEqualTo(4);
        assertThat(busy.verdict().expectedProcessingRate())
                .as("of the change that is not made")
                .hasValue(2000);
        assertOutcome(decide(VERTEX, rates(5000, 0.949), AT_ONCE), VertexOutcome.SCALE_DOWN, 4);
    }

    @Test
    void aVertexThatIsFullyBusyForgetsAScaleDownThatWaited() {
        assertThat(decide(VERTEX, rates(5000, 1), DELAYED, wished(Duration.ofMinutes(10), 6, true))
                        .pending())
                .isEmpty();
    }

    @Test
    void aScaleDownWaits() {
        VertexProposal proposal = decide(VERTEX, rates(5000), DELAYED);

        assertOutcome(proposal, VertexOutcome.SCALE_DOWN_DELAYED, 10);
        assertThat(proposal.verdict().alignedParallelism()).isEqualTo(4);
        assertThat(proposal.verdict().expectedProcessingRate()).hasValue(2000);
        assertThat(proposal.pending()).contains(new PendingScaleDown(NOW, List.of(new Wish(NOW, 4, true))));
    }

    @Test
    void aScaleDownThatHasWaitedGoesToTheLargestWish() {
        VertexProposal proposal = decide(VERTEX, rates(5000), DELAYED, wished(Duration.ofMinutes(30), 8, false));

        assertOutcome(proposal, VertexOutcome.SCALE_DOWN, 8);
        assertThat(proposal.justifies()).as("as that wish was").isFalse();
        assertThat(proposal.verdict().expectedProcessingRate()).hasValue(4000);
    }

    @ParameterizedTest(name = "wished for {0}")
    @CsvSource({"10", "12"})
    void anOldWishForNoLessThanTodayIsNotApplied(int wish) {
        // it was wished for when the vertex had more subtasks
        VertexProposal proposal = decide(VERTEX, rates(5000), DELAYED, wished(Duration.ofMinutes(30), wish, true));

        assertOutcome(proposal, VertexOutcome.SCALE_DOWN_DELAYED, 10);
        assertThat(proposal.pending()).isPresent();
    }

    @Test
    void aVertexThatFitsForgetsAScaleDownThatWaited() {
        VertexProposal proposal = decide(VERTEX, rates(2000), DELAYED, wished(Duration.ofMinutes(10), 6, true));

        assertOutcome(proposal, VertexOutcome.UNCHANGED, 10);
        assertThat(proposal.pending()).isEmpty();
        assertThat(proposal.verdict().expectedProcessingRate()).isEmpty();
    }

    @Test
    void aVertexThatFitsIsNotAligned() {
        // 10 does not divide 719 key groups; if it were aligned, the deprecated mode would say that it is limited
        ScalingPolicy policy = policy("scaling.key-group.partitions.adjust.mode", "EVENLY_SPREAD");

        VertexProposal proposal = decide(vertex("work", 10, 719, OptionalInt.empty()), rates(2000), policy);

        assertOutcome(proposal, VertexOutcome.UNCHANGED, 10);
        assertThat(proposal.limitedByAlignment()).isFalse();
    }

    @Test
    void aChangeThatAlignmentTakesBackIsBlocked() {
        // 719 is prime: of 149 to 150 subtasks none divides it, and the fallback of the deprecated mode leads below 149
        ScalingPolicy policy = policy("scaling.key-group.partitions.adjust.mode", "EVENLY_SPREAD");
        double oneMore = 2000 * 149 / 149.5;

        VertexProposal proposal = decide(vertex("work", 149, 719, OptionalInt.empty()), rates(oneMore), policy);

        assertOutcome(proposal, VertexOutcome.ALIGNMENT_BLOCKED, 149);
        assertThat(proposal.limitedByAlignment()).isTrue();
        assertThat(proposal.verdict().rawParallelism()).isEqualTo(150);
    }

    @Test
    void aScaleUpThatFollowsOneThatDidNotHelpIsBlockedOrAtLeastTold() {
        PastScaling inVain = new PastScaling(START, 5, 10, 990, 1980);
        ScalingPolicy blocking = policy("scaling.effectiveness.detection.enabled", "true");

        VertexProposal blocked = decide(VERTEX, rates(1000), blocking, Optional.empty(), inVain);
        VertexProposal told = decide(VERTEX, rates(1000), AT_ONCE, Optional.empty(), inVain);

        assertOutcome(blocked, VertexOutcome.INEFFECTIVE, 10);
        assertThat(blocked.ineffective()).isTrue();
        assertThat(blocked.verdict().expectedProcessingRate()).hasValue(2000);
        assertOutcome(told, VertexOutcome.SCALE_UP, 20);
        assertThat(told.ineffective()).isTrue();
    }

    @Test
    void anExcludedVertexIsNotTouched() {
        ScalingPolicy policy = policy("vertex.exclude.ids", id("work").hex(), "scale-down.interval", "30 min");
        Optional<PendingScaleDown> pending = wished(Duration.ofMinutes(10), 6, true);

        VertexProposal proposal = decide(VERTEX, rates(5000), policy, pending);

        assertOutcome(proposal, VertexOutcome.EXCLUDED, 10);
        assertThat(proposal.pending()).isEqualTo(pending);
        assertThat(proposal.justifies()).isFalse();
        assertThat(proposal.ineffective()).isFalse();
        assertThat(proposal.limitedByAlignment()).isFalse();
        assertThat(proposal.verdict().trueProcessingRate()).hasValue(5000);
        assertThat(proposal.verdict().scaleUpThreshold()).hasValue(1500);
        assertThat(EventText.reason(proposal.verdict())).isEqualTo("excluded by option");
    }

    @Test
    void aFinishedVertexIsNotTouched() {
        JobVertex finished = new JobVertex(id("work"), "work", 10, 720, OptionalInt.empty(), Optional.empty(), true);

        assertOutcome(decide(finished, rates(1000), AT_ONCE), VertexOutcome.FINISHED, 10);
    }

    @Test
    void aVertexWhoseNumbersAreNotKnownIsNotTouched() {
        VertexEvaluation known = rates(1000);
        VertexEvaluation notBusyNow = new VertexEvaluation(
                known.targetRate(),
                known.catchUpRate(),
                known.lag(),
                known.busyRatio(),
                false,
                known.trueProcessingRate(),
                known.estimator(),
                known.capacity(),
                known.band(),
                List.of());

        assertOutcome(decide(VERTEX, notBusyNow, AT_ONCE), VertexOutcome.BUSY_TIME_UNKNOWN, 10);
        assertOutcome(
                decide(VERTEX, asking(new RequiredCapacity(Double.NaN, 0, 0), OptionalDouble.of(1000)), AT_ONCE),
                VertexOutcome.RATES_UNKNOWN,
                10);
        assertOutcome(
                decide(VERTEX, asking(known.capacity(), OptionalDouble.empty()), AT_ONCE),
                VertexOutcome.RATES_UNKNOWN,
                10);
    }

    @Test
    void nothingNeededOfAVertexThatCanDoNothingIsUnknown() {
        // 0 / 0
        assertOutcome(
                decide(VERTEX, asking(new RequiredCapacity(0, 0, 0), OptionalDouble.of(0)), AT_ONCE),
                VertexOutcome.RATES_UNKNOWN,
                10);
    }

    private static VertexEvaluation asking(RequiredCapacity capacity, OptionalDouble rate) {
        VertexEvaluation known = rates(1000);
        return new VertexEvaluation(
                known.targetRate(),
                known.catchUpRate(),
                known.lag(),
                known.busyRatio(),
                true,
                rate,
                known.estimator(),
                capacity,
                known.band(),
                List.of());
    }

    @ParameterizedTest(name = "{0}/s with {1} {2}: {3} by {4}")
    @CsvSource({
        "1000, scale-up.max-factor, 0.5, 15, SCALE_UP_MAX_FACTOR",
        "1000, scale-up.max-factor, 1, 20, NONE",
        "5000, scale-down.max-factor, 0.2, 8, SCALE_DOWN_MAX_FACTOR",
        "5000, scale-down.max-factor, 0.6, 4, NONE",
        "5000, vertex.min-parallelism, 6, 6, MIN_PARALLELISM",
        "5000, vertex.min-parallelism, 4, 4, NONE",
        "1000, vertex.max-parallelism, 18, 18, MAX_PARALLELISM",
        "1000, vertex.max-parallelism, 20, 20, NONE",
        "10, vertex.max-parallelism, 720, 720, KEY_GROUPS",
        "10, vertex.max-parallelism, 800, 720, KEY_GROUPS",
    })
    void aLimitIsNamed(double rate, String option, String value, int parallelism, Limit limit) {
        VertexProposal proposal =
                decide(VERTEX, rates(rate), policy(option, value, "scaling.parallelism-alignment.mode", "OFF"));

        assertThat(proposal.verdict().limitedParallelism()).isEqualTo(parallelism);
        assertThat(proposal.verdict().limit()).isEqualTo(limit);
        assertThat(proposal.verdict().newParallelism()).isEqualTo(parallelism);
    }
}
