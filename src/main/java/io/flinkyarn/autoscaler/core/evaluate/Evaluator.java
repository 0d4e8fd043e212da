package io.flinkyarn.autoscaler.core.evaluate;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.policy.BusyTimeAggregator;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import io.flinkyarn.autoscaler.core.window.VertexMetric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** From the metrics window to rates: what each vertex has to process, and what it is able to. */
public final class Evaluator {

    private Evaluator() {}

    /** @param restartTime how long a rescale of this job takes */
    public static Evaluation evaluate(
            JobGraph graph, MetricsWindow window, ScalingPolicy policy, Duration restartTime) {
        EdgeFlow flow = new EdgeFlow(graph, window);
        boolean backlog = isProcessingBacklog(graph, window, flow, policy.backlog());
        double catchUpSeconds = seconds(policy.backlog().catchUp());
        TargetRates rates = TargetRates.of(graph, window, flow, catchUpSeconds);
        List<VertexEvaluation> vertices = new ArrayList<>(graph.size());
        for (int i = 0; i < graph.size(); i++) {
            double busy = busyRatio(graph, window, i, policy.observation().busyTimeAggregator());
            TrueProcessingRate capability =
                    TrueProcessingRate.of(window, i, busy, flow.inRate(i), graph.isSource(i), policy);
            RequiredCapacity capacity =
                    RequiredCapacity.of(rates.target(i), rates.catchUp(i), seconds(restartTime), catchUpSeconds);
            vertices.add(new VertexEvaluation(
                    Known.of(rates.target(i)),
                    Known.of(rates.catchUp(i)),
                    Known.of(window.latestKnown(i, VertexMetric.LAG)),
                    Known.of(busy),
                    !Double.isNaN(window.latest(i, VertexMetric.BUSY_RATIO)),
                    Known.of(capability.value()),
                    capability.estimator(),
                    capacity,
                    UtilizationBand.of(capacity, policy.utilization(), backlog)));
        }
        return new Evaluation(backlog, vertices);
    }

    /**
     * Whether some source is so far behind that the job may use all it has.
     *
     * <pre>
     *   lag / λ_in > threshold      lag without any input counts, a negative rate does not
     * </pre>
     */
    private static boolean isProcessingBacklog(
            JobGraph graph, MetricsWindow window, EdgeFlow flow, ScalingPolicy.Backlog policy) {
        for (int i = 0; i < graph.size(); i++) {
            if (graph.isSource(i)
                    && window.latestKnown(i, VertexMetric.LAG) / flow.inRate(i) > seconds(policy.lagThreshold())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Share of the time in which the vertex was busy: the mean of the gauge that is aggregated over the subtasks, or, as the average over
     * them, the accumulated busy time over the parallelism. That of a vertex that is nearly always idle may fall a little.
     */
    private static double busyRatio(JobGraph graph, MetricsWindow window, int i, BusyTimeAggregator aggregator) {
        return switch (aggregator) {
            case AVG ->
                Math.max(0, window.rate(i, VertexMetric.BUSY_TIME))
                        / 1000
                        / graph.vertex(i).parallelism();
            case MAX, MIN -> window.average(i, VertexMetric.BUSY_RATIO);
        };
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
