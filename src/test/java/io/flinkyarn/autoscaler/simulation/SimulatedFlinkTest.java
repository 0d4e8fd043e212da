package io.flinkyarn.autoscaler.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.Sampling;
import io.flinkyarn.autoscaler.simulation.SimulatedFlink.Change;
import io.flinkyarn.autoscaler.simulation.SimulatedFlink.Outage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatedFlinkTest {

    private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");

    private final JobModel job = Jobs.pipeline(Curve.constant(10_000));

    @Test
    void aRescaleTakesEffectAfterContainersAndAStandstill() {
        SimulatedFlink flink = flink(100, Outage.NONE);
        advance(flink, 100);

        flink.declare(Map.of(JobModel.id(2), 20));
        advance(flink, SimulatedFlink.CONTAINERS - 1);
        assertThat(flink.isRunning()).isTrue();
        advance(flink, SimulatedFlink.RESTORE);
        assertThat(flink.isRunning()).isFalse();
        assertThat(flink.parallelism()).containsExactly(2, 3, 6, 2);
        advance(flink, 1);

        assertThat(flink.isRunning()).isTrue();
        assertThat(flink.parallelism()).containsExactly(2, 3, 20, 2);
        assertThat(flink.changes()).containsExactly(new Change(154, List.of(2, 3, 6, 2), List.of(2, 3, 20, 2)));
        // checkpoints at 59 and 119, stopped at 109
        assertThat(flink.dataflow().lagSeconds()).isBetween(85, 95);
    }

    @Test
    void aTargetBeyondTheSlotsIsReachedAsFarAsTheyGoAndOnlyOnce() {
        SimulatedFlink flink = flink(10, Outage.NONE);
        advance(flink, 100);

        for (int i = 0; i < 100; i++) {
            flink.declare(Map.of(JobModel.id(2), 20));
            advance(flink, 10);
        }

        assertThat(flink.parallelism()).containsExactly(2, 3, 10, 2);
        assertThat(flink.changes()).hasSize(1);
        assertThat(flink.runningSince())
                .isEqualTo(99
                        + SimulatedFlink.CONTAINERS
                        + SimulatedFlink.RESOURCE_STABILIZATION
                        + SimulatedFlink.RESTORE);
    }

    @Test
    void anOutageStopsTheJobAndTheLagGrows() {
        SimulatedFlink flink = flink(100, new Outage(600, 1200));
        advance(flink, 1200);

        assertThat(flink.isRunning()).isFalse();
        assertThat(flink.dataflow().lagSeconds()).isBetween(599, 660);

        advance(flink, 1);

        assertThat(flink.isRunning()).isTrue();
        assertThat(flink.runningSince()).isEqualTo(1200);
        assertThat(flink.changes()).isEmpty();
    }

    @Test
    void aSampleShowsWhatFlinkCountsSinceTheStartOfTheTasks() {
        SimulatedFlink flink = flink(100, Outage.NONE);
        advance(flink, 301);

        Sampling sampling = new FlinkMetrics(flink, job, MetricFaults.NONE).sample(300, NOW);

        JobSample sample = ((Sampling.Taken) sampling).sample();
        assertThat(sample.runningSince()).isEqualTo(NOW.minusSeconds(300));
        assertThat(sample.vertices()).allSatisfy(v -> assertThat(v.taskTime()).hasValue(301_000));
        assertThat(sample.vertices().get(0).readRecords()).hasValue(0);
        assertThat(sample.vertices().get(0).sourceRecordsIn()).hasValue(3_010_000);
        assertThat(sample.vertices().get(0).sourceRecordsInRate()).hasValue(10_000);
        assertThat(sample.vertices().get(0).busy().orElseThrow().average()).isEqualTo(0.5);
        assertThat(sample.vertices().get(1).readRecords()).hasValue(3_000_000);
    }

    @Test
    void rightAfterAStartTheAnswersAreIncomplete() {
        SimulatedFlink flink = flink(100, Outage.NONE);
        FlinkMetrics metrics = new FlinkMetrics(flink, job, MetricFaults.NONE);
        advance(flink, 16);

        assertThat(metrics.sample(14, NOW)).isInstanceOf(Sampling.NotReady.class);
        assertThat(metrics.sample(15, NOW)).isInstanceOf(Sampling.Taken.class);
    }

    @Test
    void anAnswerCanRepeatTheMeasurementBefore() {
        SimulatedFlink flink = flink(100, Outage.NONE);
        FlinkMetrics metrics = new FlinkMetrics(flink, job, new MetricFaults(0, 1, 0, List.of(), 1));
        advance(flink, 101);
        JobSample first = ((Sampling.Taken) metrics.sample(100, NOW)).sample();
        advance(flink, 10);
        JobSample second = ((Sampling.Taken) metrics.sample(110, NOW.plusSeconds(10))).sample();

        assertThat(second.at()).isEqualTo(NOW.plusSeconds(10));
        assertThat(second.vertices()).isEqualTo(first.vertices());
    }

    private SimulatedFlink flink(int slots, Outage outage) {
        return new SimulatedFlink(job, List.of(2, 3, 6, 2), slots, outage);
    }

    private static void advance(SimulatedFlink flink, long seconds) {
        for (long i = 0; i < seconds; i++) {
            flink.advance();
        }
    }
}
