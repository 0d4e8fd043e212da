package io.flinkyarn.autoscaler.core.window;

import static io.flinkyarn.autoscaler.core.testing.Given.START;
import static io.flinkyarn.autoscaler.core.testing.Given.chain;
import static io.flinkyarn.autoscaler.core.testing.Given.policy;
import static io.flinkyarn.autoscaler.core.testing.Given.vertex;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.testing.ChangedVertex;
import io.flinkyarn.autoscaler.core.testing.SteadyJob;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private static final ScalingPolicy POLICY = policy("stabilization.interval", "1 min", "metrics.window", "5 min");
    private static final SteadyJob JOB = SteadyJob.of(
            chain(vertex("source", 2), vertex("sink", 4)),
            Map.of("source", 1000.0),
            Map.of("source", 1000.0, "sink", 500.0));

    private MetricsWindow window = MetricsWindow.EMPTY;

    private Intake take(SteadyJob job, Instant at) {
        Intake intake = Intake.of(window, job.sample(at), POLICY, at);
        window = intake.window();
        return intake;
    }

    private WindowPhase take(int seconds) {
        return ((Intake.Accepted) take(JOB, START.plusSeconds(seconds))).phase();
    }

    @Test
    void aWindowStabilizesFillsAndIsFull() {
        assertThat(take(30)).isEqualTo(new WindowPhase.Stabilizing(START.plusSeconds(60)));
        assertThat(take(70)).isEqualTo(new WindowPhase.Filling(START.plusSeconds(370)));
        assertThat(take(369)).isEqualTo(new WindowPhase.Filling(START.plusSeconds(370)));
        assertThat(take(370)).isEqualTo(new WindowPhase.Full());
    }

    @Test
    void aFullWindowIsTrimmedToItsLength() {
        take(30);
        take(70);
        take(371);

        assertThat(window.rows()).extracting(MetricsWindow.Row::at).containsExactly(START.plusSeconds(371));
    }

    @Test
    void aRestartDropsWhatWasBefore() {
        take(30);
        take(70);

        take(JOB.rescaled(Map.of(), START.plusSeconds(100)), START.plusSeconds(110));

        assertThat(window.size()).isEqualTo(1);
    }

    @Test
    void aFallingCounterLetsTheWindowFillAgain() {
        for (int second = 60; second <= 360; second += 60) {
            take(second);
        }
        // counts from the beginning again, though Flink reports no restart
        SteadyJob anew =
                new SteadyJob(JOB.graph(), START.plusSeconds(400), JOB.rates(), JOB.perSubtask(), 0, false, true);
        for (int second = 420; second <= 480; second += 60) {
            var sample = anew.sample(START.plusSeconds(second));
            var disguised =
                    new JobSample(sample.at(), START, sample.graph(), sample.vertices(), sample.cluster(), true);
            Intake intake = Intake.of(window, disguised, POLICY, sample.at());
            window = intake.window();
            assertThat(((Intake.Accepted) intake).phase()).isEqualTo(new WindowPhase.Filling(START.plusSeconds(720)));
        }

        assertThat(window.usable().rows())
                .extracting(MetricsWindow.Row::at)
                .containsExactly(START.plusSeconds(420), START.plusSeconds(480));
        assertThat(window.usable().rate(0, VertexMetric.RECORDS_IN)).isEqualTo(1000);
    }

    /** Flink computes it as what is left of the running time: seen to fall by some ms for a vertex that is busy for 4 ms in a second. */
    @Test
    void anAccumulatedBusyTimeThatDipsIsNoFallingCounter() {
        ScalingPolicy averaging = policy("metrics.window", "5 min", "metrics.busy-time.aggregator", "AVG");
        for (int second = 60; second <= 420; second += 60) {
            Instant at = START.plusSeconds(second);
            JobSample sample = JOB.sample(at);
            double dip = second == 240 ? 120_001 : 0;
            for (int vertex = 0; vertex < sample.vertices().size(); vertex++) {
                sample = ChangedVertex.in(sample, vertex, changed -> changed.withLessBusyTime(dip));
            }
            window = Intake.of(window, sample, averaging, at).window();
        }

        assertThat(window.usable().size()).isEqualTo(window.size()).isGreaterThan(5);
    }

    @Test
    void aWindowOfAnotherLayoutIsDropped() {
        take(60);
        window = new MetricsWindow(window.vertices(), List.of(new MetricsWindow.Row(START.plusSeconds(60), 1, 2, 3)));

        take(120);

        assertThat(window.size()).isEqualTo(1);
        assertThat(window.newest().size()).isEqualTo(WindowLayout.size(2));
    }

    @Test
    void rowsTakeLessThanTwelveBytesPerValue() {
        // 8 bytes per value, and the row, its array and its time: at most 72 bytes
        double values = WindowLayout.size(10);

        assertThat((8 * values + 72) / values).isLessThan(12);
    }

    @Test
    void ratesAreOfTheTasksOwnClock() {
        SteadyJob timed = JOB.withTaskClock();
        take(timed, START.plusSeconds(60));
        var sample = timed.sample(START.plusSeconds(120));
        var late =
                new JobSample(START.plusSeconds(135), START, sample.graph(), sample.vertices(), sample.cluster(), true);
        window = Intake.of(window, late, POLICY, late.at()).window();

        assertThat(window.rate(0, VertexMetric.RECORDS_IN)).isEqualTo(1000);
    }

    @Test
    void ratesAreOfTheRequestsWhereOneTaskHasNoClock() {
        take(JOB.withTaskClock(), START.plusSeconds(60));
        take(JOB, START.plusSeconds(120));

        assertThat(window.rate(0, VertexMetric.RECORDS_IN)).isEqualTo(1000);
        assertThat(window.latest(0, VertexMetric.TASK_TIME)).isNaN();
    }

    @Test
    void aSourceIsNotObservedByGaugesThatAreYoungerThanTheirMinute() {
        SteadyJob catchingUp = JOB.withTaskClock().withLag(1_000_000);

        take(catchingUp, START.plusSeconds(30));
        take(catchingUp, START.plusSeconds(59));
        assertThat(window.latest(0, VertexMetric.OBSERVED_RATE)).isNaN();

        take(catchingUp, START.plusSeconds(60));
        assertThat(window.latest(0, VertexMetric.OBSERVED_RATE)).isEqualTo(1000);
    }

    @Test
    void aSourceWhoseTasksHaveNoClockIsObservedAtOnce() {
        take(JOB.withLag(1_000_000), START.plusSeconds(30));

        assertThat(window.latest(0, VertexMetric.OBSERVED_RATE)).isEqualTo(1000);
    }

    @Test
    void anUnknownValueIsLeftOut() {
        MetricsWindow known = new MetricsWindow(
                JOB.graph().vertices().stream().map(v -> v.id()).toList(),
                List.of(
                        row(0, 10, 1),
                        row(10, Double.NaN, 2),
                        row(20, 40, Double.POSITIVE_INFINITY),
                        row(30, Double.NaN, Double.NaN)));

        assertThat(known.rate(0, VertexMetric.RECORDS_IN)).isEqualTo(30 / 20.0);
        assertThat(known.average(0, VertexMetric.RECORDS_IN_RATE)).isEqualTo(1.5);
        assertThat(known.average(0, VertexMetric.RECORDS_IN_RATE, 3)).isNaN();
        assertThat(known.latestKnown(0, VertexMetric.RECORDS_IN)).isEqualTo(40);
        assertThat(known.average(0, VertexMetric.LAG)).isNaN();
    }

    private static MetricsWindow.Row row(int second, double recordsIn, double rate) {
        double[] values = new double[WindowLayout.size(2)];
        Arrays.fill(values, Double.NaN);
        values[WindowLayout.position(0, VertexMetric.RECORDS_IN)] = recordsIn;
        values[WindowLayout.position(0, VertexMetric.RECORDS_IN_RATE)] = rate;
        return new MetricsWindow.Row(START.plusSeconds(second), values);
    }
}
