package io.flinkyarn.autoscaler.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.JobView.Decided;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.ShownBoard;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.Limit;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.core.evaluate.Estimator;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import io.flinkyarn.autoscaler.testing.Policies;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much a scrape of 1,000 jobs with 5 vertices each is. With {@code -Dmeasure=true} it prints how long it takes, too. */
class ScrapeOfManyJobsTest {

    private static final int JOBS = 1000;
    private static final int VERTICES = 5;

    @Test
    void aThousandJobsWithoutTheirVerticesFitIntoTwoMegabytes() {
        assertThat(bytes(new SeriesLimits(5000, 300))).isBetween(100_000, 2_000_000);
    }

    @Test
    void aThousandJobsWithTheirVerticesFitIntoFifteenMegabytes() {
        assertThat(bytes(new SeriesLimits(5000, 5000))).isBetween(1_000_000, 15_000_000);
    }

    private static int bytes(SeriesLimits limits) {
        ShownBoard board = new ShownBoard();
        IntStream.range(0, JOBS).mapToObj(ScrapeOfManyJobsTest::view).forEach(board::show);
        Telemetry telemetry = new Telemetry(
                board.board,
                new RequestLog(),
                () -> new DatabaseFigures(Optional.empty(), true, Optional.empty()),
                List::of,
                limits,
                "1.2.3");
        int bytes = telemetry.page().of("").body().length;
        if (Boolean.getBoolean("measure")) {
            for (int i = 0; i < 20; i++) {
                long start = System.nanoTime();
                bytes = telemetry.page().of("").body().length;
                System.out.println(
                        limits + ": " + (System.nanoTime() - start) / 1_000_000 + " ms, " + bytes / 1000 + " kB");
            }
        }
        return bytes;
    }

    private static JobView view(int number) {
        JobAutoScalerContext listed = FakeFlink.context("production", number, "RUNNING");
        JobAutoScalerContext job = new JobAutoScalerContext(
                listed.key(),
                "insert-into_orders_enriched_" + number,
                "RUNNING",
                listed.rest(),
                Optional.of(new Application("orders-" + number, "root.streaming", "alice", Set.of())));
        List<JobVertex> vertices = IntStream.range(0, VERTICES)
                .mapToObj(i -> new JobVertex(
                        new VertexId("%032x".formatted(i)),
                        "Calc[" + i + "] -> ConstraintEnforcer[" + i + "]",
                        4,
                        128,
                        OptionalInt.empty(),
                        Optional.empty(),
                        false))
                .toList();
        List<Verdict> verdicts =
                vertices.stream().map(ScrapeOfManyJobsTest::verdict).toList();
        Hold hold = new Hold(HoldReason.WITHIN_BAND, "", Optional.empty(), verdicts);
        return new JobView(
                job,
                JobMode.SCALING,
                Optional.of(new PolicyReading.Valid(Policies.quick(true))),
                Optional.of(JobGraph.of(vertices, List.of())),
                Optional.of(new Decided(hold, WatchedDaemon.START, WatchedDaemon.START)),
                Optional.empty(),
                Optional.of(WatchedDaemon.START),
                Optional.empty());
    }

    private static Verdict verdict(JobVertex vertex) {
        OptionalDouble rate = OptionalDouble.of(12345.678);
        return new Verdict(
                vertex.id(),
                vertex.name(),
                4,
                128,
                rate,
                rate,
                rate,
                OptionalDouble.of(0.66667),
                rate,
                Estimator.UNKNOWN,
                List.of(),
                rate,
                rate,
                rate,
                OptionalDouble.of(1),
                1,
                4,
                4,
                Limit.NONE,
                4,
                4,
                OptionalDouble.empty(),
                false,
                VertexOutcome.UNCHANGED);
    }
}
