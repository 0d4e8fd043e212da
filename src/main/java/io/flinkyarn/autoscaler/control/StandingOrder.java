package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.policy.OrderedMode.Mode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a person told the autoscaler to do with some jobs, and what holds until somebody takes it back. Given through {@link ManualControl}; obeyed by
 * the ticks.
 *
 * @param user who gave it
 * @param reason in that person's words
 * @param since when it was given
 */
public record StandingOrder(OrderTarget target, What what, String user, String reason, Instant since) {

    /** What is to be done. */
    public enum What {
        /** Observe, and rescale nothing. */
        PAUSE(Optional.empty()),
        /** Leave the jobs alone, whatever their options say. */
        MODE_OFF(Optional.of(Mode.OFF)),
        /** Only recommend, whatever their options say. */
        MODE_OBSERVE(Optional.of(Mode.OBSERVE)),
        /** Rescale, whatever their options say, as far as an administrator allows it. */
        MODE_SCALE(Optional.of(Mode.SCALE)),
        /** Forget what was learnt; done once for one run, and then no longer an order. */
        RESET(Optional.empty());

        private final Optional<Mode> mode;

        What(Optional<Mode> mode) {
            this.mode = mode;
        }

        /** The mode that is ordered; empty for other orders. */
        public Optional<Mode> mode() {
            return mode;
        }

        public boolean isMode() {
            return mode.isPresent();
        }

        /** Whether an order of this kind takes the place of one of the other. */
        boolean replaces(What other) {
            return this == other || (isMode() && other.isMode());
        }
    }

    /** Whether the other one is about the same, so that only one of them can stand. */
    public boolean replaces(StandingOrder other) {
        return target.equals(other.target) && what.replaces(other.what);
    }

    /** Who, since when, why, and how far it reaches, for people. */
    public String inWords() {
        return "by " + user + " since " + since.truncatedTo(ChronoUnit.SECONDS) + " for " + target
                + (reason.isBlank() ? "" : ": " + reason);
    }
}
