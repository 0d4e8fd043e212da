package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ConfigurationReading.EffectiveOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** Prints what a daemon that is started now would go by. */
@Command(
        name = "print-config",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        description =
                "Prints the effective configuration of the daemon: every option with its value and its origin, secrets masked,"
                        + " and the directories. Takes every option as --key value, as run does.")
final class PrintConfigCommand implements Callable<Integer> {

    /** What bin/autoscaler.sh passes on, or has found itself. */
    private static final List<String> DIRECTORIES = List.of(
            "AUTOSCALER_HOME",
            "AUTOSCALER_CONF_DIR",
            "AUTOSCALER_DATA_DIR",
            "AUTOSCALER_LOG_DIR",
            "AUTOSCALER_PID_DIR",
            "HADOOP_CONF_DIR");

    private final Surroundings surroundings;

    @Mixin
    private Output output = new Output();

    @Unmatched
    private List<String> options = new ArrayList<>();

    PrintConfigCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** What is printed as JSON. */
    private record Effective(String file, Map<String, String> directories, List<OptionJson> options) {}

    @Override
    public Integer call() throws Refusal {
        List<EffectiveOption> effective = surroundings.configuration(options).effective();
        String file = surroundings.directories().configurationFile().toString();
        output.print(
                () -> lines(file, effective),
                () -> new Effective(
                        file,
                        directories(),
                        effective.stream().map(OptionJson::of).toList()));
        return 0;
    }

    /** A file that the daemon could read. */
    private List<String> lines(String file, List<EffectiveOption> effective) {
        return Stream.of(
                        Stream.of("# configuration file: " + file),
                        directories().entrySet().stream().map(entry -> "# " + entry.getKey() + ": " + entry.getValue()),
                        effective.stream().map(PrintConfigCommand::line))
                .flatMap(lines -> lines)
                .toList();
    }

    private static String line(EffectiveOption option) {
        return (option.value().isEmpty() ? "# not set: " : "") + OptionJson.line(option);
    }

    private Map<String, String> directories() {
        Map<String, String> found = new LinkedHashMap<>();
        DIRECTORIES.forEach(name ->
                Optional.ofNullable(surroundings.environment().get(name)).ifPresent(value -> found.put(name, value)));
        return found;
    }
}
