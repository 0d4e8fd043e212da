package io.flinkyarn.autoscaler.core.evaluate;

import static io.flinkyarn.autoscaler.core.testing.Given.START;
import static io.flinkyarn.autoscaler.core.testing.Given.chain;
import static io.flinkyarn.autoscaler.core.testing.Given.policy;
import static io.flinkyarn.autoscaler.core.testing.Given.vertex;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.ClusterSample;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.testing.SteadyJob;
import io.flinkyarn.autoscaler.core.window.Intake;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MemoryPressureTest {

    private static final ScalingPolicy POLICY =
            policy("memory.gc-pressure.threshold", "0.25", "memory.heap-usage.threshold", "0.75");

    /** A window of samples a minute apart, each a share of the time in garbage collection and a share of the heap. */
    private static Optional<String> of(double[]... samples) {
        SteadyJob job = SteadyJob.of(chain(vertex("source", 1)), Map.of("source", 1.0), Map.of("source", 2.0));
        MetricsWindow window = MetricsWindow.EMPTY;
        for (int i = 0; i < samples.length; i++) {
            Instant at = START.plusSeconds(60L * (i + 1));
            JobSample sample = job.sample(at);
            ClusterSample cluster = new ClusterSample(
                    OptionalDouble.of(1000),
                    OptionalDouble.of(1000 * samples[i][1]),
                    OptionalDouble.of(samples[i][0]),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty());
            JobSample changed = new JobSample(
                    at, sample.runningSince(), sample.graph(), sample.vertices(), cluster, sample.rescalable());
            window = Intake.of(window, changed, POLICY, at).window();
        }
        return MemoryPressure.in(window, POLICY.memoryPressure());
    }

    private static double[] sample(double gc, double heap) {
        return new double[] {gc, heap};
    }

    @Test
    void beginsAboveItsThresholds() {
        assertThat(of(sample(0.25, 0.75))).isEmpty();
        assertThat(of(sample(0.26, 0.75))).contains("garbage collection takes 26.0 % of the time, the limit is 25.0 %");
        assertThat(of(sample(0.25, 0.76))).contains("the heap is 76.0 % full on average, the limit is 75.0 %");
    }

    @Test
    void tellsBoth() {
        assertThat(of(sample(0.5, 0.9)))
                .contains("garbage collection takes 50.0 % of the time, the limit is 25.0 %; "
                        + "the heap is 90.0 % full on average, the limit is 75.0 %");
    }

    @Test
    void isOfTheLatestGarbageCollectionAndTheMeanHeap() {
        assertThat(of(sample(0.5, 0.9), sample(0.1, 0.5)))
                .as("heap 0.7 on average")
                .isEmpty();
        assertThat(of(sample(0.1, 0.9), sample(0.5, 0.5))).isPresent();
    }

    @Test
    void isNotKnownWithoutSamples() {
        assertThat(of()).isEmpty();
    }
}
