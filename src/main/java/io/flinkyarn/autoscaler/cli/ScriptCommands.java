package io.flinkyarn.autoscaler.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** The commands that {@code bin/autoscaler.sh} carries out itself: here for the help, the manual and the completion. */
@SuppressWarnings("unused") // nobody reads what is given: it never comes here
final class ScriptCommands {

    private ScriptCommands() {}

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            versionProvider = Main.VersionText.class,
            description = "Runs the daemon in the background. Takes every option as --key value, as run does.")
    static final class Start extends OfScript {
        @Unmatched
        private List<String> options = new ArrayList<>();
    }

    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            versionProvider = Main.VersionText.class,
            description = "Ends the daemon gracefully, and after AUTOSCALER_STOP_TIMEOUT seconds (30) by force.")
    static final class Stop extends OfScript {}

    @Command(
            name = "restart",
            mixinStandardHelpOptions = true,
            versionProvider = Main.VersionText.class,
            description =
                    "Stops the daemon where it runs, and starts it. Takes every option as --key value, as run does.")
    static final class Restart extends OfScript {
        @Unmatched
        private List<String> options = new ArrayList<>();
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            versionProvider = Main.VersionText.class,
            description =
                    "Prints whether the daemon runs, which clusters it reaches, and how each job stands and since when."
                            + " At most one cycle old.")
    static final class Status extends OfScript {
        @Option(names = "--json", description = "Prints one JSON object, for programs.")
        private boolean json;
    }

    private abstract static class OfScript implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Refusal {
            throw new Refusal(
                    Refusal.MISUSED, "'" + spec.name() + "' belongs to bin/autoscaler.sh: call it by that script");
        }
    }
}
