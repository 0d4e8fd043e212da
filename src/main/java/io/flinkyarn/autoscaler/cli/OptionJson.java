package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ConfigurationReading.EffectiveOption;
import io.flinkyarn.autoscaler.config.Origin;
import java.util.Optional;

/**
 * An option that holds, with where it was set, for programs. Secrets are masked.
 *
 * @param value left out where there is none
 * @param source default, file, environment, commandLine, or other
 * @param place the file, or the name of the environment variable
 */
record OptionJson(
        String key,
        Optional<String> value,
        String source,
        Optional<String> place,
        Optional<Integer> line,
        String origin) {

    static OptionJson of(EffectiveOption option) {
        Origin origin = option.origin();
        String source = "other";
        Optional<String> place = Optional.empty();
        Optional<Integer> line = Optional.empty();
        if (origin instanceof Origin.Default) {
            source = "default";
        } else if (origin instanceof Origin.CommandLine) {
            source = "commandLine";
        } else if (origin instanceof Origin.Environment environment) {
            source = "environment";
            place = Optional.of(environment.variable());
        } else if (origin instanceof Origin.File file) {
            source = "file";
            place = Optional.of(file.path());
            line = file.line();
        }
        Optional<String> value = Optional.of(option.value()).filter(text -> !text.isEmpty());
        return new OptionJson(option.key(), value, source, place, line, origin.toString());
    }

    /** The same for people. */
    static String line(EffectiveOption option) {
        return option.key() + ": " + option.value() + "  # " + option.origin();
    }
}
