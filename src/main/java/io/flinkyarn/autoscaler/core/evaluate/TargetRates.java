package io.flinkyarn.autoscaler.core.evaluate;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import io.flinkyarn.autoscaler.core.window.VertexMetric;

/**
 * What every vertex has to process: the rates of the sources, carried through the job graph (DS2, FLIP-271). Rates in records/s by position
 * of the vertex; NaN: unknown.
 */
final class TargetRates {

    private final double[] target;
    private final double[] catchUp;

    private TargetRates(double[] target, double[] catchUp) {
        this.target = target;
        this.catchUp = catchUp;
    }

    /**
     * <pre>
     *   source:  λ_target = max(0, λ_in + d(lag)/dt)              λ_catchUp = lag / t_catchUp
     *   other:   λ_target = Σ λ_target(input) · outputRatio       λ_catchUp likewise
     * </pre>
     *
     * @param catchUpSeconds 0: the lag is ignored
     */
    static TargetRates of(JobGraph graph, MetricsWindow window, EdgeFlow flow, double catchUpSeconds) {
        double[] target = new double[graph.size()];
        double[] catchUp = new double[graph.size()];
        for (int i = 0; i < graph.size(); i++) {
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
        return new TargetRates(target, catchUp);
    }

    private static double finite(double rate) {
        return Double.isFinite(rate) ? rate : Double.NaN;
    }

    double target(int vertex) {
        return finite(target[vertex]);
    }

    double catchUp(int vertex) {
        return finite(catchUp[vertex]);
    }
}
