package io.flinkyarn.autoscaler.core.event;

import static io.flinkyarn.autoscaler.core.testing.Given.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.Decision.Rescale;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.Limit;
import io.flinkyarn.autoscaler.core.decide.RescalePlan;
import io.flinkyarn.autoscaler.core.decide.Trigger;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.core.evaluate.Estimator;
import io.flinkyarn.autoscaler.core.evaluate.Replaced;
import io.flinkyarn.autoscaler.core.evaluate.Replaced.Rate;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EventTextTest {

    private static Verdict verdict(
            List<Replaced> replaced,
            double trueRate,
            int raw,
            int limited,
            Limit limit,
            int aligned,
            int to,
            double expected) {
        return new Verdict(
                id("work"),
                "work",
                4,
                128,
                OptionalDouble.of(1000),
                OptionalDouble.of(20.5),
                OptionalDouble.empty(),
                OptionalDouble.of(0.875),
                OptionalDouble.of(trueRate),
                Estimator.BUSY_TIME,
                replaced,
                OptionalDouble.of(1020.5),
                OptionalDouble.of(2520.5),
                OptionalDouble.of(1449),
                OptionalDouble.of(1449 / trueRate),
                1,
                raw,
                limited,
                limit,
                aligned,
                to,
                OptionalDouble.of(expected),
                true,
                VertexOutcome.SCALE_UP);
    }

    private static final Verdict UP = verdict(List.of(), 512.25, 12, 10, Limit.MAX_PARALLELISM, 16, 16, 2049);

    @Test
    void theReportOfAVertexIsTheOneThatParsersKnow() {
        assertThat(EventText.executed(Trigger.METRICS, List.of(UP)))
                .isEqualTo("Rescaling the job:{ Vertex ID " + id("work")
                        + " | Parallelism 4 -> 16 | Processing capacity 512.25 -> 2049.00 | Target data rate 1000.00}");
    }

    @Test
    void aRateWithoutLimitIsPrintedAsThere() {
        assertThat(EventText.recommended(List.of(verdict(
                        List.of(), Double.POSITIVE_INFINITY, 1, 1, Limit.NONE, 1, 1, Double.POSITIVE_INFINITY))))
                .endsWith("| Processing capacity Infinity -> Infinity | Target data rate 1000.00}");
    }

    @Test
    void aDecisionIsOneLineAVertex() {
        Rescale rescale = new Rescale(
                new RescalePlan(List.of(new RescalePlan.Change(id("work"), 4, 16))), List.of(UP), Trigger.METRICS);

        assertThat(EventText.lines(rescale))
                .containsExactly(
                        "work, parallelism 4 → 16, true processing rate 512/s, target rate 1000/s,"
                                + " too slow, below its scale-up threshold of 1021/s: it needs 1449/s, 12 limited to 10 by vertex.max-parallelism, 10 aligned to 16");
    }

    @Test
    void whatDrivesAVertexIsTold() {
        assertThat(EventText.reason(
                        verdict(List.of(), Double.POSITIVE_INFINITY, 1, 1, Limit.NONE, 1, 1, Double.POSITIVE_INFINITY)))
                .isEqualTo("it receives nothing");
        assertThat(EventText.reason(verdict(List.of(), 3000, 2, 2, Limit.NONE, 2, 2, 1500)))
                .isEqualTo("faster than necessary, above its scale-down threshold of 2521/s: it needs 1449/s");
    }

    @Test
    void aHoldIsOneLine() {
        assertThat(EventText.lines(Hold.because(HoldReason.WINDOW_FILLING, "full at 12:03:20, 4 samples so far")))
                .containsExactly("the metrics window is not full yet: full at 12:03:20, 4 samples so far");
    }

    @Test
    void theWholeArithmeticOfAVertexCanBeRead() {
        assertThat(EventText.explain(UP))
                .contains("busy                87.5 %")
                .contains("target rate         1000/s, and 20.50/s to catch up")
                .contains("true rate           512/s, estimated from busy time")
                .contains("band                1021/s to 2521/s: outside")
                .contains("required capacity   1449/s, scale factor 2.83")
                .contains("parallelism wanted  12, 12 limited to 10 by vertex.max-parallelism, 10 aligned to 16");
    }

    @Test
    void whatCustomEvaluatorsHaveSetIsTold() {
        List<Replaced> replaced = List.of(
                new Replaced("plan", Rate.TARGET, OptionalDouble.of(900), 1000),
                new Replaced("model", Rate.TRUE_PROCESSING, OptionalDouble.empty(), 512.25));

        assertThat(EventText.explain(verdict(replaced, 512.25, 12, 12, Limit.NONE, 12, 12, 1536))
                        .lines())
                .containsSequence(
                        "  replaced            target rate of 1000/s by custom evaluator 'plan' instead of 900/s",
                        "  replaced            true processing rate of 512/s by custom evaluator 'model' instead of unknown");
    }
}
