package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ConfigurationReading.EffectiveOption;
import io.flinkyarn.autoscaler.config.ConfigurationReading.Valid;
import io.flinkyarn.autoscaler.config.Origin;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Says whether the daemon would start with this configuration, and what holds. */
@Command(
        name = "check-config",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        description = "Checks the configuration, and prints each option that is set with where it was set."
                + " Takes every option as --key value, as run does.")
final class CheckConfigCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--all", description = "Prints the options that have their default, too.")
    private boolean all;

    @Unmatched
    private List<String> options = new ArrayList<>();

    CheckConfigCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Refusal {
        Valid configuration = surroundings.configuration(options);
        PrintWriter out = spec.commandLine().getOut();
        List<EffectiveOption> shown = configuration.effective().stream()
                .filter(option -> all || !(option.origin() instanceof Origin.Default))
                .toList();
        shown.forEach(option -> out.println(option.key() + ": " + option.value() + "  # " + option.origin()));
        int defaults = configuration.effective().size() - shown.size();
        out.println("The configuration is valid"
                + (defaults > 0 ? "; " + defaults + " options have their default (--all prints them)" : ""));
        return 0;
    }
}
