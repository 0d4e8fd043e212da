package io.flinkyarn.autoscaler.testing;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.JobView.Decided;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Jobs as a large installation has them, each of five vertices, for tests of what is shown of many. */
public final class ManyJobs {

    private static final int VERTICES = 5;

    private ManyJobs() {}

    public static Stream<JobView> of(int jobs, Instant now) {
        return IntStream.range(0, jobs).mapToObj(number -> view(number, now));
    }

    private static JobView view(int number, Instant now) {
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
        List<Verdict> verdicts = vertices.stream().map(ManyJobs::verdict).toList();
        Hold hold = new Hold(HoldReason.WITHIN_BAND, "", Optional.empty(), verdicts);
        return new JobView(
                job,
                JobMode.SCALING,
                Optional.of(new PolicyReading.Valid(Policies.quick(true))),
                Optional.of(JobGraph.of(vertices, List.of())),
                Optional.of(new Decided(hold, now, now)),
                Optional.empty(),
                Optional.of(now),
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
