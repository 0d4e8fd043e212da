package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.job.VertexId;
import java.util.Map;

/** Makes Flink run a job at the parallelism that was decided. Idempotent: asks first, and sends only what differs. */
public interface ScalingRealizer {

    /**
     * Declares the target.
     *
     * @param target parallelism of the vertices that change; all others keep what is declared for them
     * @throws UnreachableException if Flink does not answer; {@code REFUSED} if it refuses the request, which then is of no use to repeat
     */
    Realization realize(JobAutoScalerContext job, Map<VertexId, Integer> target)
            throws UnreachableException, InterruptedException;

    /** What came of it. */
    enum Realization {
        /** Flink has taken the new requirements. */
        SENT,
        /** Flink had them already. */
        ALREADY_DECLARED
    }
}
