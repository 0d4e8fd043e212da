package io.flinkyarn.autoscaler.core.evaluate;

import java.util.List;

/**
 * What the metrics window says about a job.
 *
 * @param processingBacklog whether a source lags so far behind that the job may run at full utilization
 * @param vertices in the order of the job graph
 */
public record Evaluation(boolean processingBacklog, List<VertexEvaluation> vertices) {

    public Evaluation {
        vertices = List.copyOf(vertices);
    }
}
