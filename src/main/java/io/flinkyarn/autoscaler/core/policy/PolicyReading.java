package io.flinkyarn.autoscaler.core.policy;

import java.util.List;
import java.util.function.Function;

/** What came of reading the options of a job: a policy, or all that is wrong with them. */
public sealed interface PolicyReading {

    /**
     * @param options that somebody has set, in the order of the reference
     * @param named the named policies that hold for the job, in their order
     * @param overruled options of the job that a cap cuts, one sentence each
     */
    record Valid(ScalingPolicy policy, List<SetOption> options, List<String> named, List<Problem> overruled)
            implements PolicyReading {

        public Valid {
            options = List.copyOf(options);
            named = List.copyOf(named);
            overruled = List.copyOf(overruled);
        }

        /** A policy of which no more is told. */
        public Valid(ScalingPolicy policy) {
            this(policy, List.of(), List.of(), List.of());
        }
    }

    /**
     * @param problems one sentence each: key, value, what is allowed, nearest key. Never empty
     */
    record Invalid(List<Problem> problems) implements PolicyReading {

        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /** One option that cannot be used. */
    record Problem(String key, String message) {}

    /** Calls the function that belongs to this outcome. */
    default <T> T match(Function<Valid, T> valid, Function<Invalid, T> invalid) {
        if (this instanceof Valid v) {
            return valid.apply(v);
        }
        return invalid.apply((Invalid) this);
    }
}
