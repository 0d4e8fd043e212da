package io.flinkyarn.autoscaler.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.stream.Stream;
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
 * The command line. What its exit codes say stands at {@link ExitCode}.
 * That the JDK is new enough is checked by {@code bin/autoscaler.sh}: an older one could not load this class.
 */
@Command(
        name = "autoscaler.sh",
        description = "Rescales the Flink jobs of YARN clusters.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        subcommands = {
            RunCommand.class,
            ScriptCommands.Start.class,
            ScriptCommands.Stop.class,
            ScriptCommands.Restart.class,
            ScriptCommands.Status.class,
            CheckConfigCommand.class,
            PrintConfigCommand.class,
            ListCommand.class,
            DoctorCommand.class,
            RecommendCommand.class,
            ExplainCommand.class,
            HistoryCommand.class,
            EventsCommand.class,
            OrderCommand.Pause.class,
            OrderCommand.Resume.class,
            OrderCommand.Reset.class,
            OrderCommand.Mode.class,
            MigrateCommand.class,
            ImportFlinkCommand.class,
            BundleCommand.class,
            CompletionCommand.class,
            VersionCommand.class
        })
final class Main implements Runnable {

    private static final int WIDTH = 100;

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
        return commandLine(surroundings)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(TELL_MISUSE)
                .setExecutionExceptionHandler(TELL_REFUSAL)
                .execute(Arguments.joined(arguments));
    }

    /** All commands, as the help and the manual show them. */
    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine all = new CommandLine(new Main(), new CommandFactory(surroundings));
        Stream.concat(Stream.of(all), all.getSubcommands().values().stream())
                .map(command -> command.getCommandSpec().usageMessage())
                .forEach(usage -> usage.width(WIDTH)
                        .exitCodeListHeading("%nExit codes:%n")
                        .exitCodeList(ExitCode.list()));
        return all;
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

    /** Makes the commands: those that ask for the surroundings get them. */
    private record CommandFactory(Surroundings surroundings) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {Surroundings.class})) {
                    return type.cast(constructor.newInstance(surroundings));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
