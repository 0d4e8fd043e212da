package io.flinkyarn.autoscaler.config;

import java.util.List;
import java.util.function.Predicate;

/**
 * Which of the well-formed values of an option are allowed.
 *
 * @param text how the reference and a message name it, for instance {@code in [0, 1]}; empty where all are allowed
 */
record Range<T>(String text, Predicate<T> allows) {

    static <T> Range<T> any() {
        return new Range<>("", value -> true);
    }

    static <E> Range<List<E>> notEmpty() {
        return new Range<>("with at least one entry", values -> !values.isEmpty());
    }

    static Range<String> ofLength(int least, int most) {
        return new Range<>(
                "of " + least + " to " + most + " characters",
                value -> value.length() >= least && value.length() <= most);
    }

    static <T extends Comparable<T>> Range<T> atLeast(T least, String print) {
        return new Range<>("at least " + print, value -> value.compareTo(least) >= 0);
    }

    static <T extends Comparable<T>> Range<T> above(T bound, String print) {
        return new Range<>("more than " + print, value -> value.compareTo(bound) > 0);
    }

    static <T extends Comparable<T>> Range<T> between(T least, T most) {
        return new Range<>(
                "in [" + least + ", " + most + "]", value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
    }
}
