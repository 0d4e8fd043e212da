package io.flinkyarn.autoscaler.core.evaluate;

import java.util.OptionalDouble;

/**
 * A rate of a vertex that a custom evaluator has set. Made by the evaluation, kept in the verdict.
 *
 * @param evaluator its name in the configuration
 * @param before records/s as measured, or as the evaluator before has left it; empty: not known
 * @param by records/s that count instead
 */
public record Replaced(String evaluator, Rate rate, OptionalDouble before, double by) {

    /** The rates that everything else is computed from. */
    public enum Rate {
        TARGET("target rate"),
        CATCH_UP("catch-up rate"),
        TRUE_PROCESSING("true processing rate");

        private final String sentence;

        Rate(String sentence) {
            this.sentence = sentence;
        }

        /** For people; lower case. */
        public String sentence() {
            return sentence;
        }
    }
}
