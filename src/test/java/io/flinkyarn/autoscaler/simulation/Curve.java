package io.flinkyarn.autoscaler.simulation;

import java.util.SplittableRandom;

/**
 * A number that changes over virtual time: the records/s that arrive at a source, or the speed of a vertex. Seconds count from the start of
 * the simulation. Pure: the same second, the same number.
 */
@FunctionalInterface
public interface Curve {

    double at(long second);

    static Curve constant(double value) {
        return second -> value;
    }

    /** This curve, and another one between two moments. */
    default Curve during(long from, long to, Curve other) {
        return second -> second >= from && second < to ? other.at(second) : at(second);
    }

    /** This curve, and another one from some moment on. */
    default Curve from(long second, Curve other) {
        return during(second, Long.MAX_VALUE, other);
    }

    /** A straight line between two moments, level before and after. */
    static Curve ramp(double before, double after, long from, long to) {
        return second -> {
            double done = Math.max(0, Math.min(1, (second - from) / (double) (to - from)));
            return before + (after - before) * done;
        };
    }

    /** A day's rhythm: lowest at {@code lowestAt} seconds after midnight, highest twelve hours later. */
    static Curve daily(double lowest, double highest, long lowestAt) {
        double day = 86_400;
        return second -> {
            double wave = (1 - StrictMath.cos(2 * Math.PI * (second - lowestAt) / day)) / 2;
            return lowest + (highest - lowest) * wave;
        };
    }

    default Curve times(double factor) {
        return second -> at(second) * factor;
    }

    /**
     * This curve with noise that holds for ten seconds at a time.
     *
     * @param spread the largest deviation, as a share of the value
     */
    default Curve noisy(double spread, long seed) {
        return second -> {
            double random = new SplittableRandom(seed * 1_000_003 + second / 10).nextDouble();
            return at(second) * (1 + spread * (2 * random - 1));
        };
    }
}
