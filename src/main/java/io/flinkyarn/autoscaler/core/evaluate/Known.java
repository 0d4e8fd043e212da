package io.flinkyarn.autoscaler.core.evaluate;

import java.util.OptionalDouble;

/** The border at which NaN ends: inside window and evaluation it is an unknown number, behind it the number is absent. */
public final class Known {

    private Known() {}

    public static OptionalDouble of(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
