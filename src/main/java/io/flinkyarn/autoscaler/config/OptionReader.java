package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads typed values out of settings, and keeps every problem instead of stopping at the first. For one thread, for one reading. */
final class OptionReader {

    private final Settings settings;
    private final List<Problem> problems = new ArrayList<>();

    OptionReader(Settings settings) {
        this.settings = settings;
    }

    /** The value, or the default where it is not set or cannot be read. Only for an option that has a default. */
    <T> T get(Option<T> option) {
        return find(option).or(option::fallback).orElseThrow();
    }

    /** The value, where it is set and can be read. */
    <T> Optional<T> find(Option<T> option) {
        return settings.find(option).flatMap(setting -> {
            try {
                return Optional.of(option.parse(setting.text()));
            } catch (IllegalArgumentException e) {
                add(Problems.of(setting, String.valueOf(e.getMessage())));
                return Optional.empty();
            }
        });
    }

    boolean isSet(Option<?> option) {
        return settings.find(option).isPresent();
    }

    /** The cap or the order that the value comes from; empty where it was written. */
    Optional<Origin> imposed(Option<?> option) {
        return settings.find(option)
                .map(Setting::origin)
                .filter(origin -> origin instanceof Origin.Cap || origin instanceof Origin.Order);
    }

    /** What was written below a prefix of job options, by the rest of the key. */
    Map<String, Setting> under(String prefix) {
        return settings.under(prefix);
    }

    /** Checks the values that nobody asks for. */
    void check(Catalogue catalogue) {
        catalogue.options().forEach(this::find);
    }

    /** Says what is wrong with the value of an option that was read, seen together with others. */
    void refuse(Option<?> option, String expected) {
        settings.find(option)
                .ifPresentOrElse(
                        setting -> add(Problems.of(setting, expected)),
                        () -> add(new Problem(option.key(), option.key() + " is not set: " + expected)));
    }

    void add(Problem problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
