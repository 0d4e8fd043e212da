package io.flinkyarn.autoscaler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Help, manual and completion. With {@code -Dgenerate=true} the manual is written instead of compared. */
class CommandReferenceTest {

    private static final CommandLine ALL =
            Main.commandLine(new Surroundings(new Directories(Path.of("conf"), Path.of("run")), Map.of()));

    @TempDir
    private Path directory;

    static List<String> commands() {
        return List.copyOf(ALL.getSubcommands().keySet());
    }

    @Test
    void the_manual_is_what_the_commands_say() throws IOException {
        Path file = Path.of("docs/cli.md");
        String generated = CommandReference.markdown(ALL);
        if (Boolean.getBoolean("generate")) {
            Files.writeString(file, generated);
        }
        assertThat(file)
                .as("%s is stale: mvn test -Dtest=CommandReferenceTest -Dgenerate=true writes it anew", file)
                .content()
                .isEqualTo(generated);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_has_help_that_names_its_exit_codes(String command) {
        CommandRun run = new CommandRun(directory);
        assertThat(run.call(command, "--help")).isZero();
        assertThat(run.out()).contains("Usage: autoscaler.sh " + command, "Exit codes:", "2", "command line is wrong");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_and_each_of_its_arguments_says_what_it_means(String command) {
        CommandSpec spec =
                Objects.requireNonNull(ALL.getSubcommands().get(command)).getCommandSpec();
        assertThat(String.join("", spec.usageMessage().description())).matches("[A-Z].*");
        assertThat(spec.args())
                .allSatisfy(argument -> assertThat(argument.description())
                        .as(argument.paramLabel())
                        .isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "autoscaler.sh pri, print-config",
        "autoscaler.sh events --si, --since",
        "autoscaler.sh run --autoscaler.standalone.control-loop.i, --autoscaler.standalone.control-loop.interval",
    })
    void the_shell_completes_commands_options_and_keys(String line, String expected) throws Exception {
        CommandRun run = new CommandRun(directory);
        assertThat(run.call("completion")).isZero();
        Path script = Files.writeString(directory.resolve("completion"), run.out());
        String[] words = line.split(" ");
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "compopt() { :; }; source %s; COMP_WORDS=(%s); COMP_CWORD=%d; _autoscaler_with_keys; echo \"${COMPREPLY[*]}\""
                                .formatted(script, line, words.length - 1))
                .redirectErrorStream(true)
                .start();
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                .isEqualTo(expected);
    }
}
