package io.flinkyarn.autoscaler.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flinkyarn.autoscaler.config.ConfigurationReading.Valid;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Puts into one file what somebody needs who is to help. */
@Command(
        name = "bundle",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        description =
                "Makes a zip file for those who are to help: the configuration, the status, the latest rescales and events, the end of the"
                        + " log, a thread dump of the running daemon, and what the doctor finds. Passwords are taken out. What could not be had"
                        + " is named in its CONTENTS.txt. Takes every option as --key value, as run does.")
final class BundleCommand implements Callable<Integer> {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'autoscaler-bundle-'yyyyMMdd-HHmmss'.zip'", Locale.ROOT);

    /** Of each log, the end. */
    private static final int LOG_BYTES = 5_000_000;

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The file to make (default: autoscaler-bundle-<time>.zip in the working directory).")
    private Optional<Path> output = Optional.empty();

    @Unmatched
    private List<String> options = new ArrayList<>();

    BundleCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Refusal, InterruptedException {
        Instant now = Clock.systemUTC().instant();
        Path file = output.orElseGet(() -> Path.of(NAME.format(now.atZone(ZoneOffset.UTC))));
        try (SupportBundle bundle =
                SupportBundle.create(file, Redaction.of(configuration(), surroundings.environment()))) {
            fill(bundle);
            bundle.contents().forEach(spec.commandLine().getErr()::println);
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.FAILED,
                    "the bundle " + file + " cannot be made (" + e
                            + "): give --output a new file in a directory that this user" + " may write to");
        }
        spec.commandLine().getOut().println(file.toAbsolutePath());
        return 0;
    }

    /** One that is wrong is in the bundle with all that is wrong with it. */
    private Optional<Valid> configuration() {
        try {
            return Optional.of(surroundings.configuration(options));
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    private void fill(SupportBundle bundle) throws IOException, InterruptedException {
        Directories directories = surroundings.directories();
        Path logs = Path.of(surroundings.environment().getOrDefault("AUTOSCALER_LOG_DIR", "logs"));
        bundle.add("version.txt", BundleCommand::versions);
        bundle.add("config.txt", () -> told("print-config"));
        bundle.add("status.txt", () -> end(directories.statusFile()));
        bundle.add("status.json", () -> end(StatusFile.json(directories.statusFile())));
        bundle.add("threads.txt", () -> ThreadDump.of(directories.pidFile()));
        bundle.add("history.json", () -> told("history", "--json", "--last", "200"));
        bundle.add("events.json", () -> told("events", "--json", "--limit", "500"));
        bundle.add("doctor.txt", () -> told("doctor"));
        bundle.add("list.txt", () -> told("list"));
        for (String log : List.of("autoscaler.log", "autoscaler.out")) {
            bundle.add(log, () -> end(logs.resolve(log)));
        }
        bundle.add("files.txt", () -> files(directories.conf(), logs, directories.pid()));
    }

    private static String versions() {
        return Stream.of("java.version", "java.vm.name", "java.home", "os.name", "os.version", "os.arch", "user.name")
                .map(name -> name + ": " + System.getProperty(name))
                .collect(Collectors.joining("\n", "version: " + Version.text() + "\n", ""));
    }

    /** All that another command prints. */
    private String told(String... command) {
        StringWriter printed = new StringWriter();
        PrintWriter writer = new PrintWriter(printed);
        String[] all = Stream.concat(Stream.of(command), options.stream()).toArray(String[]::new);
        int exitCode = Main.execute(surroundings, writer, writer, all);
        writer.flush();
        return exitCode == 0 ? printed.toString() : printed + "\nexit code " + exitCode + "\n";
    }

    private static String end(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("there is no " + file);
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long skipped = Math.max(0, log.length() - LOG_BYTES);
            log.seek(skipped);
            byte[] bytes = new byte[(int) Math.min(LOG_BYTES, log.length() - skipped)];
            log.readFully(bytes);
            String text = new String(bytes, UTF_8);
            // Not from the middle of a line: half a secret would not be known as one.
            return skipped == 0 ? text : text.substring(text.indexOf('\n') + 1);
        }
    }

    /** Names, sizes and permissions. */
    private static String files(Path... directories) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                continue;
            }
            try (Stream<Path> found = Files.list(directory)) {
                for (Path file : found.sorted().toList()) {
                    lines.append(Files.readAttributes(file, "posix:permissions,owner,size,lastModifiedTime"))
                            .append(' ')
                            .append(file)
                            .append('\n');
                }
            }
        }
        return lines.toString();
    }
}
