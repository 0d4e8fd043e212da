package io.flinkyarn.autoscaler.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Exit codes: 0 done, 1 something outside failed (a database that is away), 2 the configuration or the command line is wrong.
 * That the JDK is new enough is checked by {@code bin/autoscaler.sh}: an older one could not load this class.
 */
@Command(
        name = "autoscaler.sh",
        description = "Rescales the Flink jobs of YARN clusters.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        subcommands = {
            RunCommand.class,
            CheckConfigCommand.class,
            ListCommand.class,
            DoctorCommand.class,
            HistoryCommand.class,
            MigrateCommand.class,
            ImportFlinkCommand.class,
            VersionCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; the daemon was stopped",
            "1:something outside failed, for instance the database",
            "2:the configuration or the command line is wrong"
        })
final class Main implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] arguments) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(execute(
                new Surroundings(Directories.ofThisProcess(), System.getenv()),
                new PrintWriter(System.out, true, UTF_8),
                new PrintWriter(System.err, true, UTF_8),
                arguments));
    }

    /** Runs one command, and returns its exit code. */
    static int execute(Surroundings surroundings, PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Main(), new CommandFactory(surroundings))
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(TELL_MISUSE)
                .setExecutionExceptionHandler(TELL_REFUSAL)
                .execute(arguments);
    }

    private static final IParameterExceptionHandler TELL_MISUSE = (misuse, arguments) -> {
        PrintWriter err = misuse.getCommandLine().getErr();
        if (misuse instanceof UnmatchedArgumentException unmatched) {
            err.println("there is no command '" + String.join(" ", unmatched.getUnmatched()) + "'");
        } else {
            err.println(misuse.getMessage());
        }
        err.println("'autoscaler.sh --help' lists the commands");
        return Refusal.MISUSED;
    };

    private static final IExecutionExceptionHandler TELL_REFUSAL = (failure, command, parsed) -> {
        if (failure instanceof Refusal refusal) {
            refusal.lines().forEach(command.getErr()::println);
            return refusal.exitCode();
        }
        throw failure;
    };

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    static final class VersionText implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Version.text()};
        }
    }

    /** Makes the commands, with what they see of the process. */
    private record CommandFactory(Surroundings surroundings) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (type == RunCommand.class) {
                return type.cast(new RunCommand(surroundings));
            }
            if (type == CheckConfigCommand.class) {
                return type.cast(new CheckConfigCommand(surroundings));
            }
            if (type == DoctorCommand.class) {
                return type.cast(new DoctorCommand(surroundings));
            }
            if (type == ListCommand.class) {
                return type.cast(new ListCommand(surroundings));
            }
            if (type == HistoryCommand.class) {
                return type.cast(new HistoryCommand(surroundings));
            }
            if (type == MigrateCommand.class) {
                return type.cast(new MigrateCommand(surroundings));
            }
            if (type == ImportFlinkCommand.class) {
                return type.cast(new ImportFlinkCommand(surroundings));
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
