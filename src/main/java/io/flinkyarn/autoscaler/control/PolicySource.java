package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.policy.OrderedMode;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import java.util.Map;
import java.util.Optional;

/** Reads the options of a job, as it was listed, from all that was written about it. Any thread may call it. */
@FunctionalInterface
public interface PolicySource {

    /**
     * @param configuration of the Flink job
     * @param ordered the mode that holds for it by an order
     */
    PolicyReading read(JobAutoScalerContext job, Map<String, String> configuration, Optional<OrderedMode> ordered);
}
