package io.flinkyarn.autoscaler.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual of the command line, docs/cli.md, written from the commands. */
final class CommandReference {

    private static final String HEAD = """
            # autoscaler.sh

            <!-- Generated from the commands: edit their classes or CommandReference.java, then run
                 mvn test -Dtest=CommandReferenceTest -Dgenerate=true -->

            ## Synopsis

                bin/autoscaler.sh COMMAND [JOB] [OPTIONS] [--key value ...]

            `--help` behind any command shows its help. Every option of [options.md](options.md) can be given as `--key value` to a command that says so; it wins over
            the environment and `conf/autoscaler.yaml`.

            ## Commands

            | command | what it does |
            | --- | --- |
            """;

    private static final String JSON = """

            ## JSON

            Commands with `--json` print one JSON object on the standard output. Names are in camelCase, times in ISO 8601 and UTC. What is not known, or does not apply, is left
            out; a list is never left out. Numbers that measure time end in their unit, such as `restartSeconds`. A rate that is infinite, as nothing arrives, is the text
            `"Infinity"`. New fields may come; a program ignores those that it does not know. Errors are lines on the standard error, whatever was asked for.

                bin/autoscaler.sh status --json | jq '.jobs[] | select(.trouble) | {name, trouble}'
                bin/autoscaler.sh history --json orders | jq '[.rescales[].restartSeconds] | max'

            ## Completion in the shell

                source <(bin/autoscaler.sh completion)          # in ~/.bashrc; or once, as root:
                bin/autoscaler.sh completion > /etc/bash_completion.d/autoscaler.sh

            It completes commands, their options, and the keys of the configuration, in bash, and in zsh after `autoload bashcompinit && bashcompinit`.

            ## Environment

            `AUTOSCALER_CONF_DIR`, `AUTOSCALER_DATA_DIR`, `AUTOSCALER_LOG_DIR`, `AUTOSCALER_PID_DIR`: the directories, without them `conf`, `data`, `logs` and `run` beside
            `bin`. `AUTOSCALER_JAVA_HOME`, `AUTOSCALER_OPTS`: which Java, and more flags for it. `HADOOP_CONF_DIR`: where core-site.xml and yarn-site.xml are.
            `AUTOSCALER_STOP_TIMEOUT`, `AUTOSCALER_START_WAIT`: seconds. `AUTOSCALER_LOG_LEVEL`: `DEBUG` shows the numbers behind each decision. `AUTOSCALER_LOG_FORMAT`: `json`
            writes the log as JSON, a line each. All of them can be set in `conf/autoscaler-env.sh`; every option of the configuration has a variable, too: [options.md](options.md).

            ## Files

            | file | what it is |
            | --- | --- |
            | `conf/autoscaler.yaml` | the configuration |
            | `conf/autoscaler-env.sh` | read by the script before every command |
            | `conf/logback.xml`, `conf/logback-command.xml` | the log of the daemon, and of the other commands |
            | `run/autoscaler.pid`, `.status`, `.status.json` | of the running daemon |
            | `logs/autoscaler.log` | the log of the daemon; `autoscaler.out` beside it is what it printed |
            """;

    private CommandReference() {}

    static String markdown(CommandLine all) {
        List<CommandSpec> commands = all.getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .toList();
        return HEAD
                + commands.stream().map(CommandReference::row).collect(Collectors.joining())
                + exitCodes()
                + commands.stream().map(CommandReference::section).collect(Collectors.joining())
                + JSON;
    }

    private static String row(CommandSpec command) {
        return cells("[`" + command.name() + "`](#" + command.name() + ")", firstSentence(command));
    }

    private static String firstSentence(CommandSpec command) {
        String text = description(command);
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    private static String exitCodes() {
        return "\n## Exit codes\n\n| code | meaning |\n| --- | --- |\n"
                + Arrays.stream(ExitCode.values())
                        .map(exit -> cells(String.valueOf(exit.code()), exit.meaning()))
                        .collect(Collectors.joining());
    }

    private static String section(CommandSpec command) {
        return "\n## " + command.name() + "\n\n    bin/" + synopsis(command)
                + (description(command).contains("as --key value") ? " [--key value ...]" : "") + "\n\n"
                + description(command) + "\n"
                + table(command)
                + footer(command);
    }

    /** In one line. */
    private static String synopsis(CommandSpec command) {
        return command.commandLine()
                .getHelp()
                .synopsis(0)
                .strip()
                .replaceAll("\\s+", " ")
                .replace("[-hV] ", "")
                .replace(" [-hV]", "");
    }

    private static String description(CommandSpec command) {
        return String.join(" ", command.usageMessage().description());
    }

    private static String table(CommandSpec command) {
        String rows = Stream.concat(
                        command.positionalParameters().stream().map(CommandReference::row),
                        command.options().stream()
                                .filter(option -> !option.usageHelp() && !option.versionHelp())
                                .map(CommandReference::row))
                .collect(Collectors.joining());
        return rows.isEmpty() ? "" : "\n| argument | meaning |\n| --- | --- |\n" + rows;
    }

    private static String row(PositionalParamSpec parameter) {
        return cells("`" + parameter.paramLabel() + "`", String.join(" ", parameter.description()));
    }

    private static String row(OptionSpec option) {
        String names = String.join(", ", option.names());
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        return cells("`" + names + value + "`", String.join(" ", option.description()));
    }

    private static String footer(CommandSpec command) {
        String[] lines = command.usageMessage().footer();
        return lines.length == 0
                ? ""
                : Arrays.stream(lines)
                        .map(line -> "    " + Ansi.OFF.string(line).strip() + "\n")
                        .collect(Collectors.joining("", "\n", ""));
    }

    private static String cells(String first, String second) {
        return "| " + cell(first) + " | " + cell(second) + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
