package io.flinkyarn.autoscaler.core.state;

import io.flinkyarn.autoscaler.core.job.VertexId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The latest rescale that was decided, and how far it has come. It is saved before the request is sent, so that a crash between the two
 * heals by itself: the next process finds the open target and compares it with what Flink declares.
 *
 * <pre>
 *   REQUESTED ──▶ ACCEPTED ────────────────▶ RUNNING
 *     │  │          │  └──▶ NOT_REACHED ──────▲   Flink lacks the slots, and may get them later
 *     │  └──────────┴─────▶ SUPERSEDED            by a later decision
 *     │             └─────▶ JOB_ENDED             before it was seen to run so; in the history alone
 *     └───────────────────▶ FAILED                refused, or never heard by Flink
 * </pre>
 *
 * @param decidedAt identifies the decision within the job
 * @param target parallelism of the vertices that change
 * @param since when the current phase began
 * @param detail what Flink or the observer said about the phase; empty where there is nothing to say
 */
public record Reconciliation(
        Instant decidedAt, Map<VertexId, Integer> target, Phase phase, Instant since, Optional<String> detail) {

    /** How far a rescale has come. */
    public enum Phase {
        REQUESTED,
        ACCEPTED,
        RUNNING,
        /** Flink has it declared and had its time. It still takes the slots as soon as there are any. */
        NOT_REACHED,
        FAILED,
        SUPERSEDED,
        /** Whether Flink was about to do it nobody knows any more. */
        JOB_ENDED;

        /** Whether it has yet to be brought about. */
        public boolean isOpen() {
            return this == REQUESTED || this == ACCEPTED;
        }
    }

    public Reconciliation {
        target = Map.copyOf(target);
    }

    /** A decision that was just taken. */
    public static Reconciliation requested(Instant decidedAt, Map<VertexId, Integer> target) {
        return new Reconciliation(decidedAt, target, Phase.REQUESTED, decidedAt, Optional.empty());
    }

    /** Whether the phase may still lead to the next. One that began in the future was noted by a clock that went wrong. */
    public boolean isRecent(Duration patience, Instant now) {
        return now.isBefore(since.plus(patience)) && !since.isAfter(now);
    }

    /** The same rescale, one phase further. */
    public Reconciliation with(Phase next, Instant at, Optional<String> why) {
        return new Reconciliation(decidedAt, target, next, at, why);
    }
}
