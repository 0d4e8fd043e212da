package io.flinkyarn.autoscaler.core;

import io.flinkyarn.autoscaler.core.GoldenReplay.Decided;
import io.flinkyarn.autoscaler.core.GoldenReplay.Difference;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.Limit;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Limits;
import io.flinkyarn.autoscaler.core.window.JobMetric;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Every way in which we decide otherwise than Apache Flink's autoscaler on purpose, each a rule that recognizes its effect and names the
 * decision record. A difference that no rule explains fails the test. Each rule checks that the number of the original is what the record says
 * it would be, as far as that can be computed.
 */
final class GoldenDifferences {

    static final String ROUNDING = "0001-no-rounding";
    static final String DURATIONS = "0002-exact-durations";
    static final String PARTITIONS = "0003-sources-stop-at-their-partitions";
    static final String COUNTERS = "0004-a-falling-counter-ends-the-window";
    static final String QUOTA = "0006-a-quota-counts-all-slots";
    static final String FULLY_BUSY = "0007-a-fully-busy-vertex-is-not-scaled-down";
    static final String APPLIED = "0008-the-expected-rate-is-of-the-parallelism-applied";

    static final String UNKNOWN_NAME = "0009-an-unknown-name-is-an-error";
    static final String IDLE = "0010-the-factors-hold-for-idle-vertices-too";

    static final String STAYS_FULL = "0011-a-full-window-stays-full";

    private static final double NOISE = 1e-6;
    private static final double HALF = 0.0005;

    private GoldenDifferences() {}

    /** The record that explains a difference which remains when samples, rates and durations are rounded as the original rounds them. */
    static Optional<String> recordOf(Difference difference) {
        return Stream.of(
                        when(countersFell(difference), COUNTERS),
                        when(stayedFull(difference), STAYS_FULL),
                        when(limitedByPartitions(difference), PARTITIONS),
                        when(quota(difference), QUOTA),
                        when(fullyBusy(difference), FULLY_BUSY),
                        when(expectedOfLatestWish(difference), APPLIED),
                        when(idleWithoutUtilization(difference), IDLE),
                        when(roundedCapacity(difference), ROUNDING),
                        when(ofRoundedInput(difference), ROUNDING))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> when(boolean explains, String record) {
        return explains ? Optional.of(record) : Optional.empty();
    }

    /** With the rates of the whole window, negative ones too, we come to the result of the original, or to one that differs for another reason. */
    private static boolean countersFell(Difference difference) {
        MetricsWindow window = difference.decided().step().state().window();
        return window.usable().size() < window.size()
                && difference.decided().acrossFallingCounters().differences().stream()
                        .filter(difference::isAbout)
                        .allMatch(remaining -> recordOf(remaining).isPresent());
    }

    /**
     * The original's window is not full any more, because its first sample was trimmed, and ours was full with the sample before: it evaluates
     * as we do, and decides nothing.
     */
    private static boolean stayedFull(Difference difference) {
        Decided decided = difference.decided();
        boolean theirs = decided.expected().path("windowFull").asBoolean();
        boolean ours = decided.hold()
                .map(reason -> reason != HoldReason.WINDOW_FILLING && reason != HoldReason.STABILIZING)
                .orElse(true);
        if (theirs || !ours || !(decided.before().window().latest(JobMetric.FULL) > 0)) {
            return false;
        }
        if (difference.isOfJob()) {
            return switch (difference.field()) {
                case "windowFull" -> true;
                case "rescale" -> !decided.expected().get("rescale").asBoolean();
                case "events" -> decided.expected().get("events").isEmpty();
                default -> false;
            };
        }
        return switch (difference.field()) {
            case "newParallelism" ->
                difference
                        .expected()
                        .equals(Integer.toString(difference.verdict().parallelism()));
            case "expectedProcessingRate" ->
                difference.expected().equals(OptionalDouble.empty().toString());
            default -> false;
        };
    }

    /** The original sets a source above its partitions; with it go the events and the rescale of the job. */
    private static boolean limitedByPartitions(Difference difference) {
        Decided decided = difference.decided();
        if (difference.isOfJob()) {
            return List.of("rescale", "events").contains(difference.field())
                    && decided.verdicts().values().stream().anyMatch(v -> v.limit() == Limit.SOURCE_PARTITIONS);
        }
        Verdict verdict = difference.verdict();
        int theirs = decided.expected()
                .get("vertices")
                .get(difference.vertex())
                .get("newParallelism")
                .asInt();
        return List.of("newParallelism", "expectedProcessingRate").contains(difference.field())
                && verdict.limit() == Limit.SOURCE_PARTITIONS
                && theirs > verdict.limitedParallelism();
    }

    private static boolean quota(Difference difference) {
        return difference.isOfJob()
                && List.of("rescale", "events").contains(difference.field())
                && difference.decided().hold().equals(Optional.of(HoldReason.QUOTA_REACHED));
    }

    private static boolean fullyBusy(Difference difference) {
        if (difference.isOfJob()) {
            return List.of("rescale", "events", "pendingScaleDowns").contains(difference.field())
                    && difference.decided().verdicts().values().stream()
                            .anyMatch(v -> v.outcome() == VertexOutcome.FULLY_BUSY);
        }
        return difference.field().equals("newParallelism")
                && difference.verdict().outcome() == VertexOutcome.FULLY_BUSY;
    }

    /** A scale-down that was delayed: the original tells what the latest wish would give, not what is applied. */
    private static boolean expectedOfLatestWish(Difference difference) {
        if (!difference.field().equals("expectedProcessingRate")) {
            return false;
        }
        Verdict verdict = difference.verdict();
        double ofLatestWish =
                verdict.trueProcessingRate().orElse(Double.NaN) / verdict.parallelism() * verdict.alignedParallelism();
        double theirs = GoldenCase.number(
                        difference.decided().expected().get("vertices").get(difference.vertex()), difference.field())
                .orElse(Double.NaN);
        return verdict.newParallelism() != verdict.alignedParallelism()
                && Math.abs(ofLatestWish - theirs) <= 1e-3 * theirs;
    }

    /**
     * The original rounds the capacity that it needs, and the thresholds, to whole numbers: with these we come to its result, or one of our
     * rates lies closer than that to a threshold.
     */
    private static boolean roundedCapacity(Difference difference) {
        Decided decided = difference.decided();
        if (difference.isOfJob()) {
            return List.of("rescale", "events", "pendingScaleDowns").contains(difference.field())
                    && decided.verdicts().values().stream()
                            .anyMatch(v -> isAtThreshold(v) || decidesOtherwise(decided, v));
        }
        if (!List.of("newParallelism", "expectedProcessingRate").contains(difference.field())) {
            return false;
        }
        var expected = decided.expected().get("vertices").get(difference.vertex());
        int theirs = expected.get("newParallelism").asInt();
        double theirRate = GoldenCase.number(expected, "expectedProcessingRate").orElse(Double.NaN);
        return theirs == ofWholeCapacity(decided, difference.verdict())
                || nudged(decided, difference.verdict())
                        .anyMatch(v -> v.newParallelism() == theirs
                                && isRate(theirRate, v.expectedProcessingRate().orElse(Double.NaN)));
    }

    /** The parallelism, before alignment, for a capacity that is a whole number and a true processing rate of three decimals. */
    private static int ofWholeCapacity(Decided decided, Verdict verdict) {
        Limits limits = decided.policy().limits();
        int p = verdict.parallelism();
        double capacity = wholeNumber(verdict.requiredCapacity().orElse(Double.NaN));
        double rate = threeDecimals(verdict.trueProcessingRate().orElse(Double.NaN));
        double factor =
                Math.min(1 + limits.scaleUpMaxFactor(), Math.max(1 - limits.scaleDownMaxFactor(), capacity / rate));
        int upper = Math.min(verdict.maxParallelism(), Math.max(p, limits.maxParallelism()));
        return Math.max(Math.min(p, limits.minParallelism()), Math.min(upper, (int) Math.ceil(factor * p)));
    }

    /**
     * The original rounds what it divides, too: the rate received and the busy ratio, to three decimals each. The smaller they are, the more
     * that takes away from the quotient or adds to it, in proportion.
     */
    private static boolean ofRoundedInput(Difference difference) {
        if (!List.of("trueProcessingRate", "expectedProcessingRate").contains(difference.field())) {
            return false;
        }
        double busy = difference.verdict().busyRatio().orElse(Double.NaN);
        double received = difference.verdict().trueProcessingRate().orElse(Double.NaN) * busy;
        double share = HALF / busy + HALF / received;
        double theirs = number(difference.expected());
        double ours = number(difference.actual());
        return Math.abs(theirs - ours) <= (1e-3 + share) * ours + HALF;
    }

    private static double number(String text) {
        return text.contains("[")
                ? Double.parseDouble(text.substring(text.indexOf('[') + 1, text.length() - 1))
                : Double.NaN;
    }

    /** Where the target utilization is 0 and nothing arrives, the original divides ∞ by ∞, and goes below its own limit at once. */
    private static boolean idleWithoutUtilization(Difference difference) {
        return difference.field().equals("newParallelism")
                && difference.verdict().limit() == Limit.SCALE_DOWN_MAX_FACTOR
                && Double.isInfinite(difference.verdict().trueProcessingRate().orElse(0))
                && Double.isInfinite(difference.verdict().requiredCapacity().orElse(0));
    }

    private static boolean isRate(double theirs, double ours) {
        return Double.compare(theirs, ours) == 0 || Math.abs(theirs - ours) <= 2e-3 * Math.abs(theirs);
    }

    private static boolean decidesOtherwise(Decided decided, Verdict verdict) {
        return nudged(decided, verdict).anyMatch(v -> v.newParallelism() != verdict.newParallelism());
    }

    private static boolean isAtThreshold(Verdict verdict) {
        double rate = verdict.trueProcessingRate().orElse(Double.NaN);
        return DoubleStream.of(
                        verdict.scaleUpThreshold().orElse(Double.NaN),
                        verdict.scaleDownThreshold().orElse(Double.NaN))
                .anyMatch(threshold -> Math.abs(rate - threshold) <= 0.5 + NOISE * threshold);
    }

    /**
     * The verdict on a vertex if its capacity were a whole number and its true processing rate had three decimals, give or take the noise of
     * the arithmetic: the target utilization is shifted until the scale factor is what it is there.
     */
    private static Stream<Verdict> nudged(Decided decided, Verdict verdict) {
        double target = verdict.targetRate().orElse(Double.NaN);
        double capacity = verdict.requiredCapacity().orElse(Double.NaN);
        double rate = verdict.trueProcessingRate().orElse(Double.NaN);
        double theirs = wholeNumber(capacity) * rate / threeDecimals(rate);
        double u = decided.policy().utilization().target();
        return DoubleStream.of(-1, 0, 1)
                .map(sign -> target / (target / u + theirs - capacity + sign * NOISE * capacity))
                .filter(utilization -> utilization > 0 && Double.isFinite(utilization))
                .mapToObj(utilization -> {
                    ScalingPolicy policy = PolicyVariant.withTargetUtilization(decided.policy(), utilization);
                    return decided.under(policy).verdicts().get(verdict.vertex().hex());
                });
    }

    private static double wholeNumber(double value) {
        return Math.floor(value + 0.5);
    }

    private static double threeDecimals(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
