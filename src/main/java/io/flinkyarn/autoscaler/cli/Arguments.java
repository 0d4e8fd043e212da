package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ConfigurationReader;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of the command line, with those of one option in one word: {@code --key value} becomes {@code --key=value} for the options of the configuration, which
 * the library of the command line does not know, so that their values are not taken for the name of a job.
 */
final class Arguments {

    private Arguments() {}

    static String[] joined(String... arguments) {
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            boolean hasValue = i + 1 < arguments.length && !arguments[i + 1].startsWith("--");
            if (hasValue && isOption(arguments[i])) {
                joined.add(arguments[i] + "=" + arguments[++i]);
            } else {
                joined.add(arguments[i]);
            }
        }
        return joined.toArray(String[]::new);
    }

    /** One that is misspelled counts, too: its value is no job either. */
    private static boolean isOption(String word) {
        return word.startsWith("--")
                && !word.contains("=")
                && (word.contains(".") || ConfigurationReader.knows(word.substring(2)));
    }
}
