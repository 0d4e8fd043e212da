package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.util.List;

/** Reads {@code --key value}, and {@code --key=value} for a value that begins with {@code --} itself. */
final class CommandLine {

    private static final Origin ORIGIN = new Origin.CommandLine();

    private CommandLine() {}

    static Written read(List<String> arguments) {
        Written.Collector found = new Written.Collector();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--")) {
                found.add(new Problem(argument, "'" + argument + "' (command line): expected --key value"));
            } else if (equals > 0) {
                found.add(new Setting(argument.substring(2, equals), argument.substring(equals + 1), ORIGIN));
            } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--")) {
                found.add(new Setting(argument.substring(2), arguments.get(++i), ORIGIN));
            } else {
                found.add(new Setting(argument.substring(2), "", ORIGIN));
            }
        }
        return found.written();
    }
}
