package io.flinkyarn.autoscaler.flink;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.ScalingRealizer;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.flink.Route.RestPath;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Declares what resources a job needs, and leaves the rest to Flink's adaptive scheduler (FLIP-291): it rescales in place, as soon as the
 * slots are there, and keeps the declaration over failures. Flink wants the bounds of all vertices at once, so the present ones are asked
 * first; a job that already has what was decided is left alone.
 *
 * <p>Any thread may call it.
 */
public final class RescaleApiScalingRealizer implements ScalingRealizer {

    private final FlinkRest rest;

    public RescaleApiScalingRealizer(FlinkRest rest) {
        this.rest = rest;
    }

    @Override
    public Realization realize(JobAutoScalerContext job, Map<VertexId, Integer> target)
            throws UnreachableException, InterruptedException {
        RestPath path = Route.REQUIREMENTS.of(job.key().jobId());
        RequirementsByVertex declared = rest.get(job.rest(), path, RequirementsByVertex.class);
        Map<String, Requirements> wanted = new LinkedHashMap<>(declared);
        for (Map.Entry<VertexId, Integer> change : target.entrySet()) {
            String vertex = change.getKey().hex();
            Requirements present = wanted.get(vertex);
            if (present == null) {
                throw new UnreachableException(
                        Category.REFUSED,
                        "vertex " + vertex + " of the target does not exist in job " + job.key()
                                + ": it runs another job graph than the one that was decided about. Nothing was sent");
            }
            wanted.put(vertex, present.withParallelism(change.getValue()));
        }
        if (wanted.equals(declared)) {
            return Realization.ALREADY_DECLARED;
        }
        rest.put(job.rest(), path, wanted);
        return Realization.SENT;
    }

    /** {@code /jobs/:job/resource-requirements}: by vertex id. */
    static final class RequirementsByVertex extends LinkedHashMap<String, Requirements> {
        private static final long serialVersionUID = 1L;
    }
}
