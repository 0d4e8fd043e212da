package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ConfigurationReading.EffectiveOption;
import io.flinkyarn.autoscaler.config.ConfigurationReading.Valid;
import io.flinkyarn.autoscaler.config.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Mixin
    private Output output = new Output();

    @Option(names = "--all", description = "Prints the options that have their default, too.")
    private boolean all;

    @Unmatched
    private List<String> options = new ArrayList<>();

    CheckConfigCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** What is printed as JSON. */
    private record Checked(boolean valid, List<String> problems, List<OptionJson> options) {}

    @Override
    public Integer call() throws Refusal {
        try {
            show(surroundings.configuration(options));
            return 0;
        } catch (Refusal e) {
            if (!output.isJson()) {
                throw e;
            }
            output.print(List::of, () -> new Checked(false, e.lines(), List.of()));
            return e.exitCode();
        }
    }

    private void show(Valid configuration) {
        List<EffectiveOption> shown = configuration.effective().stream()
                .filter(option -> all || !(option.origin() instanceof Origin.Default))
                .toList();
        int defaults = configuration.effective().size() - shown.size();
        output.print(
                () -> Stream.concat(
                                shown.stream().map(OptionJson::line),
                                Stream.of("The configuration is valid"
                                        + (defaults > 0
                                                ? "; " + defaults + " options have their default (--all prints them)"
                                                : "")))
                        .toList(),
                () -> new Checked(
                        true, List.of(), shown.stream().map(OptionJson::of).toList()));
    }
}
