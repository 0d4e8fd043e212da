package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ConfigurationReader;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion for the shell, made from the commands and the catalogue of options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        description = "Prints the completion for bash and zsh: source <(bin/autoscaler.sh completion)")
final class CompletionCommand implements Runnable {

    /** The library knows the commands and their own options; the keys of the configuration are added to what it proposes. */
    private static final String KEYS = """

            _autoscaler_with_keys() {
              _complete_autoscaler "$@"
              local word=${COMP_WORDS[COMP_CWORD]} keys
              if [[ $COMP_CWORD -gt 1 && $word == --* ]]; then
                keys='%s'
                # shellcheck disable=SC2207
                COMPREPLY+=($(compgen -W "$keys" -- "$word"))
              fi
            }
            complete -F _autoscaler_with_keys -o default autoscaler.sh
            """;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        CommandLine all = spec.parent().commandLine();
        String keys = String.join(
                " ", ConfigurationReader.keys().stream().map(key -> "--" + key).toList());
        spec.commandLine().getOut().print(AutoComplete.bash("autoscaler", all) + KEYS.formatted(keys));
        spec.commandLine().getOut().flush();
    }
}
