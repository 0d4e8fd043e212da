package io.flinkyarn.autoscaler.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flinkyarn.autoscaler.core.job.ShipStrategy;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The model itself: what goes in comes out, later. */
class DataflowTest {

    private static final double ROUNDING = 1e-3;

    @Test
    void noRecordIsLostOrInvented() {
        JobModel job = Jobs.pipeline(Curve.daily(0, 60_000, 0).noisy(0.5, 3));
        SplittableRandom dice = new SplittableRandom(1);
        Dataflow dataflow = new Dataflow(job, List.of(4, 6, 10, 2));

        for (long second = 0; second < 86_400; second++) {
            dataflow.arrive(second);
            dataflow.work(second);
            if (second % 60 == 59) {
                dataflow.checkpoint();
            }
            if (second % 3600 == 1234) {
                dataflow.restart(List.of(
                        1 + dice.nextInt(10), 1 + dice.nextInt(20), 1 + dice.nextInt(30), 1 + dice.nextInt(10)));
            }
            if (second % 100 == 0) {
                SourceBacklog log = dataflow.backlog(0);
                assertThat(log.position() + log.waiting()).isCloseTo(log.total(), within(ROUNDING));
                for (int f = 0; f < job.flows().size(); f++) {
                    Flow flow = job.flows().get(f);
                    double sent = dataflow.run(flow.from()).sent();
                    double received = dataflow.run(flow.to()).processed();
                    assertThat(received + dataflow.buffered(f))
                            .as("edge %s in second %s", f, second)
                            .isCloseTo(sent, within(ROUNDING));
                }
            }
        }
    }

    @Test
    void aVertexWithTwoInputsTakesFromBothAndLosesNothing() {
        JobModel job = Jobs.join(Curve.constant(9_000), Curve.constant(3_000));
        Dataflow dataflow = new Dataflow(job, List.of(2, 2, 8, 4));

        run(dataflow, 0, 600);

        double received = dataflow.run(2).processed() + dataflow.buffered(0) + dataflow.buffered(1);
        assertThat(received)
                .isCloseTo(dataflow.run(0).processed() + dataflow.run(1).processed(), within(ROUNDING));
        assertThat(dataflow.run(2).processedPerSecond()).isCloseTo(12_000, within(1.0));
    }

    @Test
    void aSlowVertexThrottlesThoseBeforeItAndTheLagGrowsAtTheSource() {
        // the sink can do 2,000/s and gets a fifth: 10,000/s at the source
        Dataflow dataflow = new Dataflow(Jobs.pipeline(Curve.constant(15_000)), List.of(4, 6, 12, 1));

        run(dataflow, 0, 600);

        assertThat(dataflow.run(0).processedPerSecond()).isCloseTo(10_000, within(1.0));
        assertThat(dataflow.run(3).busiestRatio()).isCloseTo(1, within(1e-6));
        assertThat(dataflow.run(3).backPressuredRatio()).isZero();
        for (int vertex : List.of(0, 1, 2)) {
            VertexRun run = dataflow.run(vertex);
            assertThat(run.averageRatio() + run.backPressuredRatio()).isCloseTo(1, within(1e-6));
            assertThat(run.backPressuredRatio()).isGreaterThan(0.5);
        }
        double waiting = dataflow.backlog(0).waiting();
        int lag = dataflow.lagSeconds();
        run(dataflow, 600, 900);
        assertThat(dataflow.backlog(0).waiting() - waiting).isCloseTo(300 * 5_000, within(ROUNDING));
        assertThat(dataflow.lagSeconds() - lag).isEqualTo(100);
    }

    @Test
    void aVertexIsAsFastAsItsBusiestSubtask() {
        VertexModel skewed = Jobs.aggregate().with(Shares.withHottest(128, 0.25));
        Dataflow dataflow =
                new Dataflow(Jobs.pipeline(Curve.constant(30_000), skewed, Jobs.sink()), List.of(6, 12, 128, 4));

        run(dataflow, 0, 300);

        assertThat(dataflow.run(2).processedPerSecond()).isCloseTo(2_500 / 0.25, within(1.0));
        assertThat(dataflow.run(2).busiestRatio()).isCloseTo(1, within(1e-6));
        assertThat(dataflow.run(2).averageRatio()).isLessThan(0.1);
    }

    @Test
    void aRestartBeginsAtTheLastCheckpointWithEmptyBuffersAndCounters() {
        Dataflow dataflow = new Dataflow(Jobs.pipeline(Curve.constant(10_000)), List.of(4, 6, 12, 4));
        run(dataflow, 0, 60);
        dataflow.checkpoint();
        double checkpoint = dataflow.backlog(0).position();
        run(dataflow, 60, 90);

        dataflow.restart(List.of(4, 6, 12, 4));

        assertThat(dataflow.backlog(0).position()).isEqualTo(checkpoint);
        assertThat(dataflow.waitingAt(0)).isCloseTo(30 * 10_000.0, within(ROUNDING));
        assertThat(dataflow.lagSeconds()).isEqualTo(29);
        assertThat(dataflow.run(2).processed()).isZero();
        assertThat(dataflow.buffered(1)).isZero();
        run(dataflow, 90, 91);
        assertThat(dataflow.run(0).processed()).isEqualTo(40_000);
    }

    @Test
    void theLagIsTheAgeOfTheOldestRecordThatWasNotRead() {
        SourceBacklog log = new SourceBacklog();
        for (int second = 0; second < 100; second++) {
            log.arrive(10);
        }
        log.read(305);

        assertThat(log.lagSeconds()).isEqualTo(69);

        log.read(log.waiting());

        assertThat(log.lagSeconds()).isZero();
    }

    @Test
    void aMeterUnderstatesTheRateOfATaskThatHasJustBegun() {
        Meter meter = new Meter();
        for (int second = 5; second <= 55; second += 5) {
            meter.update(second * 120.0);
        }

        assertThat(meter.perSecond()).isCloseTo(110, within(1e-9));
        assertThat(meter.perSecondSinceTheStart()).isCloseTo(120, within(1e-9));

        for (int second = 60; second <= 200; second += 5) {
            meter.update(second * 120.0);
        }

        assertThat(meter.perSecond()).isCloseTo(120, within(1e-9));
    }

    @Test
    void subtasksThatStandInEachOthersWayDoLessBeyondSomeParallelism() {
        ServiceRate rate = new ServiceRate(1_000, 0.05, 0.01);

        assertThat(rate.ofSubtask(1)).isEqualTo(1_000);
        assertThat(10 * rate.ofSubtask(10)).isGreaterThan(5 * rate.ofSubtask(5));
        assertThat(40 * rate.ofSubtask(40)).isLessThan(10 * rate.ofSubtask(10));
    }

    @Test
    void aTraceIsReadFromTheDayAskedForAndLinearInBetween() {
        Curve curve = Trace.read("elb-14d", 0);

        assertThat(curve.at(0)).isEqualTo(313.33);
        assertThat(curve.at(150)).isCloseTo((313.33 + 186.67) / 2, within(1e-9));
        assertThat(Trace.read("elb-14d", 1).at(150)).isEqualTo(curve.at(86_400 + 150));
    }

    @Test
    void theLeastFeasibleIsTheSmallestParallelismWithTheCapacity() {
        JobModel job = new JobModel(
                List.of(
                        VertexModel.source("Source", 1_000, 10, Curve.constant(3_500)),
                        VertexModel.rebalanced("Map", 100)),
                List.of(new Flow(0, 1, 0.5, ShipStrategy.OTHER)));

        assertThat(new LeastFeasible(job, 1000, 0.7).at(0)).containsExactly(5, 25);
        assertThat(new LeastFeasible(job, 20, 0.7).at(0)).containsExactly(5, 20);
    }

    private static void run(Dataflow dataflow, long from, long to) {
        for (long second = from; second < to; second++) {
            dataflow.arrive(second);
            dataflow.work(second);
        }
    }
}
