package io.flinkyarn.autoscaler.core.decide;

import io.flinkyarn.autoscaler.core.state.PastScaling;
import java.util.List;

/** Whether the scale-up before this one brought what was expected of it. */
final class Effectiveness {

    private Effectiveness() {}

    /**
     * Whether the last decision about the vertex was a scale-up to today's parallelism that brought too little:
     *
     * <pre>
     *   (λ_true now − λ_true then) / (expected then − λ_true then) is not ≥ threshold
     * </pre>
     *
     * @param history of the vertex, oldest first
     */
    static boolean lastScaleUpFailed(
            List<PastScaling> history, int parallelism, double trueProcessingRate, double threshold) {
        if (history.isEmpty()) {
            return false;
        }
        PastScaling last = history.get(history.size() - 1);
        if (last.to() != parallelism || last.from() >= last.to()) {
            return false;
        }
        double gained = trueProcessingRate - last.trueProcessingRate();
        double expected = last.expectedProcessingRate() - last.trueProcessingRate();
        return !(gained / expected >= threshold);
    }
}
