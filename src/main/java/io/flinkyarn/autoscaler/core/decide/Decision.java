package io.flinkyarn.autoscaler.core.decide;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The outcome of one step for one job, with its arithmetic. */
public sealed interface Decision {

    /** One per vertex in topological order; empty where nothing could be evaluated. */
    List<Verdict> verdicts();

    /** What made us decide. */
    Trigger trigger();

    /**
     * Leave the job as it is.
     *
     * @param detail the particulars of the reason, for people: numbers, names, until when
     * @param recommended what would be done if it were allowed
     */
    record Hold(
            HoldReason reason,
            String detail,
            Optional<RescalePlan> recommended,
            List<Verdict> verdicts,
            Trigger trigger)
            implements Decision {

        public Hold {
            verdicts = List.copyOf(verdicts);
        }

        /** A hold by what was measured. */
        public Hold(HoldReason reason, String detail, Optional<RescalePlan> recommended, List<Verdict> verdicts) {
            this(reason, detail, recommended, verdicts, Trigger.METRICS);
        }

        /** The same with what has made us decide. */
        public Hold by(Trigger cause) {
            return new Hold(reason, detail, recommended, verdicts, cause);
        }

        /** Why, in words: the particulars where there are any. */
        public String inWords() {
            return detail.isEmpty() ? reason.sentence() : detail;
        }

        /** A hold for which nothing was evaluated. */
        public static Hold because(HoldReason reason, String detail) {
            return new Hold(reason, detail, Optional.empty(), List.of());
        }
    }

    /** Apply the plan. */
    record Rescale(RescalePlan plan, List<Verdict> verdicts, Trigger trigger) implements Decision {

        public Rescale {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** Calls the function that belongs to this decision. */
    default <T> T match(Function<Hold, T> hold, Function<Rescale, T> rescale) {
        if (this instanceof Hold h) {
            return hold.apply(h);
        }
        return rescale.apply((Rescale) this);
    }
}
