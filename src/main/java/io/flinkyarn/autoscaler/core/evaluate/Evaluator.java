package io.flinkyarn.autoscaler.core.evaluate;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.plugin.Plugged;
import io.flinkyarn.autoscaler.core.plugin.VertexEvaluator;
import io.flinkyarn.autoscaler.core.plugin.VertexEvaluator.Measured;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import io.flinkyarn.autoscaler.core.window.VertexMetric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** From the metrics window to rates: what each vertex has to process, and what it is able to. For one evaluation. */
public final class Evaluator {

    private final JobGraph graph;
    private final MetricsWindow window;
    private final ScalingPolicy policy;
    private final EdgeFlow flow;
    private final boolean backlog;

    private Evaluator(JobGraph graph, MetricsWindow window, ScalingPolicy policy) {
        this.graph = graph;
        this.window = window;
        this.policy = policy;
        this.flow = new EdgeFlow(graph, window);
        this.backlog = isProcessingBacklog(graph, window, flow, policy.backlog());
    }

    /**
     * @param restartTime how long a rescale of this job takes
     * @param evaluators that may replace what was measured
     * @throws io.flinkyarn.autoscaler.core.plugin.PluginFailure if one of them fails
     */
    public static Evaluation evaluate(
            JobGraph graph,
            MetricsWindow window,
            ScalingPolicy policy,
            Duration restartTime,
            List<Plugged<VertexEvaluator>> evaluators) {
        return new Evaluator(graph, window, policy).evaluate(restartTime, evaluators);
    }

    private Evaluation evaluate(Duration restartTime, List<Plugged<VertexEvaluator>> evaluators) {
        double catchUpSeconds = seconds(policy.backlog().catchUp());
        TargetRates reaching = new TargetRates(graph, window, flow, catchUpSeconds);
        List<VertexEvaluation> vertices = new ArrayList<>(graph.size());
        for (int i = 0; i < graph.size(); i++) {
            reaching.carryTo(i);
            double lag = window.latestKnown(i, VertexMetric.LAG);
            double busy = busyRatio(i);
            TrueProcessingRate capability =
                    TrueProcessingRate.of(window, i, busy, flow.inRate(i), graph.isSource(i), policy);
            VertexRates rates = new VertexRates(reaching.target(i), reaching.catchUp(i), capability, List.of());
            for (Plugged<VertexEvaluator> evaluator : evaluators) {
                rates = rates.replacedBy(evaluator, measured(i, rates, lag, busy));
                reaching.replace(i, rates.target(), rates.catchUp());
            }
            RequiredCapacity capacity =
                    RequiredCapacity.of(rates.target(), rates.catchUp(), seconds(restartTime), catchUpSeconds);
            vertices.add(new VertexEvaluation(
                    Known.of(rates.target()),
                    Known.of(rates.catchUp()),
                    Known.of(lag),
                    Known.of(busy),
                    !Double.isNaN(window.latest(i, VertexMetric.BUSY_RATIO)),
                    Known.of(rates.capability().value()),
                    rates.capability().estimator(),
                    capacity,
                    UtilizationBand.of(capacity, policy.utilization(), backlog),
                    rates.replaced()));
        }
        return new Evaluation(backlog, vertices);
    }

    private Measured measured(int i, VertexRates rates, double lag, double busy) {
        JobVertex vertex = graph.vertex(i);
        return new Measured(
                vertex.id(),
                vertex.name(),
                vertex.parallelism(),
                graph.isSource(i),
                window.newest().at(),
                backlog,
                Known.of(rates.target()),
                Known.of(rates.catchUp()),
                Known.of(lag),
                Known.of(busy),
                Known.of(rates.capability().value()));
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
    private double busyRatio(int i) {
        return switch (policy.observation().busyTimeAggregator()) {
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
