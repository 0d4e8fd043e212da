package io.flinkyarn.autoscaler.core.evaluate;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import io.flinkyarn.autoscaler.core.window.VertexMetric;

/**
 * How many records flow along an edge of the job graph. Flink counts what a vertex receives and sends in all, not per edge: where the graph
 * leaves only one solution the rate of an edge follows from the counters around it, else it is estimated.
 */
final class EdgeFlow {

    private final JobGraph graph;
    private final double[] in;
    private final double[] out;

    EdgeFlow(JobGraph graph, MetricsWindow window) {
        this.graph = graph;
        this.in = new double[graph.size()];
        this.out = new double[graph.size()];
        for (int i = 0; i < graph.size(); i++) {
            in[i] = window.rate(i, VertexMetric.RECORDS_IN);
            out[i] = window.rate(i, VertexMetric.RECORDS_OUT);
        }
    }

    /** Records/s that a vertex receives; NaN: unknown. */
    double inRate(int vertex) {
        return in[vertex];
    }

    /**
     * Records that go to {@code to} for each record that {@code from} receives.
     *
     * <pre>
     *   outputRatio(from→to) = edgeRate(from→to) / λ_in(from)      0 where either is not positive
     * </pre>
     */
    double outputRatio(int from, int to) {
        double received = in[from];
        double sent = edgeRate(from, to);
        return received > 0 && sent > 0 ? sent / received : 0;
    }

    /**
     * Records/s from {@code from} to {@code to}:
     *
     * <pre>
     *   λ_in(to)                              where from is its only input
     *   λ_in(to) − Σ λ_out(other inputs)      where every other input sends to nobody else
     *   λ_out(from)                           otherwise: every output gets all
     * </pre>
     */
    private double edgeRate(int from, int to) {
        double rest = in[to];
        for (int other : graph.inputs(to)) {
            if (other != from) {
                rest -= graph.outputs(other).size() == 1 ? out[other] : Double.NaN;
            }
        }
        return Double.isNaN(rest) ? out[from] : rest;
    }
}
