package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.RescalePlan;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.state.Standing;
import java.util.Map;

/**
 * What the latest decision of a job came to. Two holds in a row that are equal here are one row of the history.
 *
 * @param reason as in {@link Standing#reason()}; empty before the first decision
 * @param recommended parallelism per vertex that would change
 */
record LastDecision(String reason, Map<VertexId, Integer> recommended) {

    static final LastDecision NONE = new LastDecision("", Map.of());

    LastDecision {
        recommended = Map.copyOf(recommended);
    }

    static LastDecision of(Decision decision) {
        return decision.match(
                hold -> new LastDecision(
                        hold.reason().name(),
                        hold.recommended().map(RescalePlan::targets).orElse(Map.of())),
                rescale -> new LastDecision(Standing.RESCALED, Map.of()));
    }

    boolean isRescale() {
        return reason.equals(Standing.RESCALED);
    }
}
