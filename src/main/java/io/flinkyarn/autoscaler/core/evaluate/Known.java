package io.flinkyarn.autoscaler.core.evaluate;

import java.util.OptionalDouble;

/** The border at which NaN ends: inside the evaluation it is an unknown number, behind it the number is absent. */
final class Known {

    private Known() {}

    static OptionalDouble of(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
