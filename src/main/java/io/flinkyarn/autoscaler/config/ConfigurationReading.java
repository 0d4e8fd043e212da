package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.util.List;
import java.util.function.Function;

/** What came of reading everything at the start: a configuration, or all that is wrong with it. */
public sealed interface ConfigurationReading {

    /**
     * @param policies knows the defaults for all jobs
     * @param effective every option with the value that holds, for people: secrets are masked
     */
    record Valid(ProcessConfiguration process, PolicyReader policies, List<EffectiveOption> effective)
            implements ConfigurationReading {

        public Valid {
            effective = List.copyOf(effective);
        }
    }

    /** @param problems one line each. Never empty */
    record Invalid(List<Problem> problems) implements ConfigurationReading {

        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /**
     * An option, and why it has the value that it has.
     *
     * @param value empty where there is none
     */
    record EffectiveOption(String key, String value, Origin origin) {}

    /** Calls the function that belongs to this outcome. */
    default <T> T match(Function<Valid, T> valid, Function<Invalid, T> invalid) {
        if (this instanceof Valid v) {
            return valid.apply(v);
        }
        return invalid.apply((Invalid) this);
    }
}
