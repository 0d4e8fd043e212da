package io.flinkyarn.autoscaler.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One thing that can be set. Declared in {@link JobOptions} and {@link ProcessOptions}; read by the readers and by the reference in docs/.
 *
 * @param fallback the value where nobody sets it; empty where there is none, or where it depends on the surroundings
 * @param fallbackText the default as the reference shows it
 * @param meaning one sentence for people
 * @param deprecatedKeys earlier names, the preferred one first
 */
record Option<T>(
        String key,
        OptionType<T> type,
        Range<T> range,
        Optional<T> fallback,
        String fallbackText,
        String meaning,
        List<String> deprecatedKeys) {

    /** Below it lay the options of a job before they had a home of their own. */
    static final String OLD_PREFIX = "kubernetes.operator.";

    static <T> Option<T> of(String key, OptionType<T> type) {
        return new Option<>(key, type, Range.any(), Optional.empty(), "", "", List.of());
    }

    Option<T> in(Range<T> range) {
        return new Option<>(key, type, range, fallback, fallbackText, meaning, deprecatedKeys);
    }

    Option<T> orElse(T value) {
        return new Option<>(key, type, range, Optional.of(value), type.print(value), meaning, deprecatedKeys);
    }

    /** Describes a default that depends on the surroundings. */
    Option<T> otherwise(String text) {
        return new Option<>(key, type, range, Optional.empty(), text, meaning, deprecatedKeys);
    }

    Option<T> means(String sentence) {
        return new Option<>(key, type, range, fallback, fallbackText, sentence, deprecatedKeys);
    }

    Option<T> formerly(String... deprecated) {
        return new Option<>(key, type, range, fallback, fallbackText, meaning, List.of(deprecated));
    }

    /** The same under a longer key, in all its spellings. */
    Option<T> within(String start) {
        return new Option<>(
                start + key,
                type,
                range,
                fallback,
                fallbackText,
                meaning,
                spellings().stream().skip(1).map(start::concat).toList());
    }

    /** Every key that sets it, the one that wins first. */
    List<String> spellings() {
        return Stream.concat(Stream.of(key), deprecatedKeys.stream())
                .flatMap(name ->
                        name.startsWith(JobOptions.PREFIX) ? Stream.of(name, OLD_PREFIX + name) : Stream.of(name))
                .toList();
    }

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException with a sentence that says what was expected
     */
    T parse(String text) {
        T value = type.parse(text);
        if (!range.allows().test(value)) {
            throw new IllegalArgumentException("expected a value " + range.text());
        }
        return value;
    }
}
