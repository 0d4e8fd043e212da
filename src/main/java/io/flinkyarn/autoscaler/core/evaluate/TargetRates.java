package io.flinkyarn.autoscaler.core.evaluate;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import io.flinkyarn.autoscaler.core.window.VertexMetric;

/**
 * What every vertex has to process: the rates of the sources, carried through the job graph (DS2, FLIP-271). Rates in records/s by position
 * of the vertex; NaN: unknown. Filled by the evaluator, vertex by vertex in topological order.
 */
final class TargetRates {

    private final JobGraph graph;
    private final MetricsWindow window;
    private final EdgeFlow flow;
    private final double catchUpSeconds;
    private final double[] target;
    private final double[] catchUp;

    /** @param catchUpSeconds 0: the lag is ignored */
    TargetRates(JobGraph graph, MetricsWindow window, EdgeFlow flow, double catchUpSeconds) {
        this.graph = graph;
        this.window = window;
        this.flow = flow;
        this.catchUpSeconds = catchUpSeconds;
        this.target = new double[graph.size()];
        this.catchUp = new double[graph.size()];
    }

    /**
     * Carries the rates of its inputs on to a vertex.
     *
     * <pre>
     *   source:  λ_target = max(0, λ_in + d(lag)/dt)              λ_catchUp = lag / t_catchUp
     *   other:   λ_target = Σ λ_target(input) · outputRatio       λ_catchUp likewise
     * </pre>
     */
    void carryTo(int i) {
        if (graph.isSource(i)) {
            target[i] = Math.max(0, flow.inRate(i) + window.rate(i, VertexMetric.LAG));
            catchUp[i] = catchUpSeconds > 0 ? window.latestKnown(i, VertexMetric.LAG) / catchUpSeconds : 0;
        } else {
            for (int input : graph.inputs(i)) {
                double ratio = flow.outputRatio(input, i);
                target[i] += target[input] * ratio;
                catchUp[i] += catchUp[input] * ratio;
            }
        }
    }

    /** The vertices behind are reached by these rates instead. */
    void replace(int i, double newTarget, double newCatchUp) {
        target[i] = newTarget;
        catchUp[i] = newCatchUp;
    }

    double target(int vertex) {
        return finite(target[vertex]);
    }

    double catchUp(int vertex) {
        return finite(catchUp[vertex]);
    }

    private static double finite(double rate) {
        return Double.isFinite(rate) ? rate : Double.NaN;
    }
}
