package io.flinkyarn.autoscaler.core.policy;

import java.util.List;
import java.util.function.Function;

/** What came of reading the options of a job: a policy, or all that is wrong with them. */
public sealed interface PolicyReading {

    record Valid(ScalingPolicy policy) implements PolicyReading {}

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
