package io.flinkyarn.autoscaler.cli;

import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command that reads something prints it: as text, or as JSON. Mixed into each of them. */
final class Output {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--json", description = "Prints one JSON object, for programs.")
    private boolean json;

    boolean isJson() {
        return json;
    }

    /** Prints one of the two. */
    void print(Supplier<List<String>> text, Supplier<Object> value) {
        if (json) {
            command.commandLine().getOut().println(Json.text(value.get()));
        } else {
            text.get().forEach(this::line);
        }
    }

    /** A line of text, which there is none of in JSON. */
    void line(String line) {
        if (!json) {
            command.commandLine().getOut().println(line);
        }
    }
}
