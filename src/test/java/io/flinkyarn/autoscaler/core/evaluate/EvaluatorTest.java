package io.flinkyarn.autoscaler.core.evaluate;

import static io.flinkyarn.autoscaler.core.testing.Given.START;
import static io.flinkyarn.autoscaler.core.testing.Given.chain;
import static io.flinkyarn.autoscaler.core.testing.Given.policy;
import static io.flinkyarn.autoscaler.core.testing.Given.vertex;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.job.Edge;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.ShipStrategy;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.BusyRatio;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.testing.ChangedVertex;
import io.flinkyarn.autoscaler.core.testing.SteadyJob;
import io.flinkyarn.autoscaler.core.window.Intake;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

    private static final ScalingPolicy POLICY = policy("catch-up.duration", "10 min");
    private static final SteadyJob CHAIN = SteadyJob.of(
            chain(vertex("source", 2), vertex("sink", 4)),
            Map.of("source", 1000.0),
            Map.of("source", 1000.0, "sink", 500.0));

    /** The second and the third minute of a job, each sample as the function changes it. */
    private static Evaluation evaluate(
            SteadyJob job, ScalingPolicy policy, BiFunction<Integer, JobSample, JobSample> change) {
        MetricsWindow window = MetricsWindow.EMPTY;
        for (int minute = 2; minute <= 3; minute++) {
            Instant at = START.plus(Duration.ofMinutes(minute));
            window = Intake.of(window, change.apply(minute, job.sample(at)), policy, at)
                    .window();
        }
        return Evaluator.evaluate(job.graph(), window.usable(), policy, Duration.ofSeconds(60), List.of());
    }

    private static Evaluation evaluate(SteadyJob job) {
        return evaluate(job, POLICY, (minute, sample) -> sample);
    }

    /** The sample with other counters of one vertex, each a multiple of the time: records/s in and out. */
    private static JobSample counting(JobSample sample, int vertex, double in, double out) {
        double seconds = Duration.between(START, sample.at()).toSeconds();
        return ChangedVertex.in(sample, vertex, changed -> changed.withCounters(in * seconds, out * seconds));
    }

    private static double targetRate(Evaluation evaluation, int vertex) {
        return evaluation.vertices().get(vertex).targetRate().orElseThrow();
    }

    private static JobGraph graph(List<JobVertex> vertices, int[]... edges) {
        return JobGraph.of(
                vertices,
                List.of(edges).stream()
                        .map(e -> new Edge(
                                vertices.get(e[0]).id(), vertices.get(e[1]).id(), ShipStrategy.OTHER))
                        .toList());
    }

    @Test
    void theRateOfASourceReachesTheVerticesBehindIt() {
        Evaluation evaluation = evaluate(CHAIN);

        assertThat(targetRate(evaluation, 0)).isEqualTo(1000);
        assertThat(targetRate(evaluation, 1)).isEqualTo(1000);
        assertThat(evaluation.vertices().get(1).trueProcessingRate()).hasValue(2000);
        assertThat(evaluation.vertices().get(1).busyRatio()).hasValue(0.5);
        assertThat(evaluation.vertices().get(1).estimator()).isEqualTo(Estimator.BUSY_TIME);
    }

    @Test
    void aLagThatGrowsArrivesToo() {
        Evaluation evaluation = evaluate(
                CHAIN, POLICY, (minute, sample) -> CHAIN.withLag(6000 * minute).sample(sample.at()));

        assertThat(targetRate(evaluation, 0)).isEqualTo(1100);
        assertThat(targetRate(evaluation, 1)).isEqualTo(1100);
        assertThat(evaluation.vertices().get(1).catchUpRate()).hasValue(18_000 / 600.0);
    }

    @Test
    void aLagThatShrinksFasterThanRecordsComeInLeavesNothing() {
        Evaluation evaluation = evaluate(
                CHAIN,
                POLICY,
                (minute, sample) -> CHAIN.withLag(90_000 * (4 - minute)).sample(sample.at()));

        assertThat(targetRate(evaluation, 0)).isZero();
    }

    @Test
    void aVertexThatFiltersPassesOnLess() {
        SteadyJob job = SteadyJob.of(
                chain(vertex("source", 2), vertex("filter", 2), vertex("sink", 2)),
                Map.of("source", 1000.0),
                Map.of("source", 1000.0, "filter", 1000.0, "sink", 1000.0));
        Evaluation evaluation =
                evaluate(job, POLICY, (minute, sample) -> counting(counting(sample, 1, 1000, 100), 2, 100, 0));

        assertThat(targetRate(evaluation, 2)).isEqualTo(100);
    }

    @Test
    void ofTwoInputsTheOneThatFeedsNobodyElseTellsTheOther() {
        // a sends to the join only; b to the join and to c, so its out-counter counts both
        List<JobVertex> vertices = List.of(vertex("a", 1), vertex("b", 1), vertex("join", 1), vertex("c", 1));
        SteadyJob job = SteadyJob.of(
                graph(vertices, new int[] {0, 2}, new int[] {1, 2}, new int[] {1, 3}),
                Map.of("a", 100.0, "b", 400.0),
                Map.of("a", 1000.0, "b", 1000.0, "join", 1000.0, "c", 1000.0));
        Evaluation evaluation = evaluate(
                job,
                POLICY,
                (minute, sample) ->
                        counting(counting(counting(counting(sample, 0, 100, 50), 1, 400, 500), 2, 250, 0), 3, 300, 0));

        // b → join: 250 − 50 = 200/s; a → join: b has two outputs, so a's own out-counter, 50/s
        assertThat(targetRate(evaluation, 2)).isEqualTo(200 + 50);
        assertThat(targetRate(evaluation, 3)).isEqualTo(300);
    }

    @Test
    void anEdgeOnWhichNothingFlowsCarriesNothing() {
        Evaluation evaluation = evaluate(CHAIN, POLICY, (minute, sample) -> counting(sample, 1, 0, 0));

        assertThat(targetRate(evaluation, 1)).isZero();
        assertThat(evaluation.vertices().get(1).trueProcessingRate()).hasValue(Double.POSITIVE_INFINITY);
    }

    @Test
    void aLagWorthMoreThanTheThresholdIsABacklog() {
        assertThat(evaluate(CHAIN.withLag(300_000)).processingBacklog()).isFalse();
        assertThat(evaluate(CHAIN.withLag(300_001)).processingBacklog()).isTrue();
    }

    @Test
    void averageBusyTimeIsThatOfTheAccumulatedCounter() {
        ScalingPolicy average = policy("metrics.busy-time.aggregator", "AVG");
        Evaluation evaluation = evaluate(CHAIN, average, (minute, sample) -> sample);

        assertThat(evaluation.vertices().get(1).busyRatio()).hasValue(0.5);
    }

    @Test
    void aSourceThatCatchesUpIsMeasured() {
        // busy for half of the time, back-pressured for a tenth: 1000 / 0.5 = 2000/s by busy time, 1000 / 0.9 by
        // measurement
        Evaluation evaluation = evaluate(CHAIN.withLag(30_000), POLICY, (minute, sample) -> backPressured(sample, 0.1));

        assertThat(evaluation.vertices().get(0).trueProcessingRate()).hasValue(1000 / 0.9);
        assertThat(evaluation.vertices().get(0).estimator()).isEqualTo(Estimator.OBSERVED);
    }

    @Test
    void aSourceIsNotMeasuredWhileItKeepsUp() {
        Evaluation evaluation = evaluate(CHAIN.withLag(29_999), POLICY, (minute, sample) -> backPressured(sample, 0.1));

        assertThat(evaluation.vertices().get(0).trueProcessingRate()).hasValue(2000);
        assertThat(evaluation.vertices().get(0).estimator()).isEqualTo(Estimator.BUSY_TIME);
    }

    @Test
    void anUnknownBusyTimeLeavesTheRateUnknown() {
        BusyRatio unknown = new BusyRatio(Double.NaN, Double.NaN, Double.NaN);
        Evaluation evaluation = evaluate(
                CHAIN,
                POLICY,
                (minute, sample) -> ChangedVertex.in(sample, 1, sink -> sink.withBusy(Optional.of(unknown))));

        assertThat(evaluation.vertices().get(1).trueProcessingRate()).isEmpty();
        assertThat(evaluation.vertices().get(1).estimator()).isEqualTo(Estimator.UNKNOWN);
        assertThat(evaluation.vertices().get(1).busyNow()).isFalse();
    }

    private static JobSample backPressured(JobSample sample, double ratio) {
        return ChangedVertex.in(sample, 0, source -> source.withBackPressure(ratio));
    }
}
