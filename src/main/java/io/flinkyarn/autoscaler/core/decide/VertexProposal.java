package io.flinkyarn.autoscaler.core.decide;

import io.flinkyarn.autoscaler.core.state.PendingScaleDown;
import java.util.Optional;

/**
 * What the decider proposes for one vertex.
 *
 * @param justifies whether this change alone is reason enough to rescale the job
 * @param ineffective whether the scale-up before brought too little, blocked or not
 * @param limitedByAlignment whether the fallback of a deprecated alignment mode changed the parallelism asked for
 * @param pending the scale-down that waits from now on
 */
record VertexProposal(
        Verdict verdict,
        boolean justifies,
        boolean ineffective,
        boolean limitedByAlignment,
        Optional<PendingScaleDown> pending) {}
