package io.flinkyarn.autoscaler.core.window;

/** Where each value stands in a row: those of the job first, then those of each vertex in the order of the window. */
final class WindowLayout {

    private WindowLayout() {}

    static int size(int vertices) {
        return JobMetric.COUNT + vertices * VertexMetric.COUNT;
    }

    static int position(JobMetric metric) {
        return metric.offset();
    }

    static int position(int vertex, VertexMetric metric) {
        return JobMetric.COUNT + vertex * VertexMetric.COUNT + metric.offset();
    }
}
