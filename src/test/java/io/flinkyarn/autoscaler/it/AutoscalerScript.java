package io.flinkyarn.autoscaler.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code bin/autoscaler.sh} of one home directory, called as a person would call it. For one thread. */
final class AutoscalerScript {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** What one call of the script printed, and its exit code. */
    record Result(int exitCode, String output, String errors) {}

    private final Path home;
    private final Path scratch;
    private final Map<String, String> environment = new HashMap<>();

    /**
     * @param home the directory with {@code bin} and {@code conf}
     * @param scratch where the output of the calls is caught
     */
    AutoscalerScript(Path home, Path scratch) {
        this.home = home;
        this.scratch = scratch;
    }

    /** Sets a variable for the calls to come; what the tests themselves run with is not passed on. */
    AutoscalerScript with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    Path pidFile() {
        return home.resolve("run/autoscaler.pid");
    }

    long pid() throws IOException {
        return Long.parseLong(Files.readString(pidFile()).strip());
    }

    /** Calls the script and waits for its end; what it started in the background goes on. */
    Result call(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(scratch, "out", null);
        Path errors = Files.createTempFile(scratch, "err", null);
        Process process = builder(arguments)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("autoscaler.sh " + List.of(arguments) + " did not end within " + DEADLINE + ": "
                    + Files.readString(output) + Files.readString(errors));
        }
        return new Result(process.exitValue(), Files.readString(output, UTF_8), Files.readString(errors, UTF_8));
    }

    /** Starts the script in the foreground, with both outputs in one file. */
    Process open(Path output, String... arguments) throws IOException {
        return builder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private ProcessBuilder builder(String... arguments) {
        var command = Stream.concat(Stream.of(home.resolve("bin/autoscaler.sh").toString()), Stream.of(arguments));
        var builder = new ProcessBuilder(command.toList());
        builder.environment()
                .keySet()
                .removeIf(name ->
                        name.startsWith("AUTOSCALER_") || name.startsWith("HADOOP_") || name.equals("JAVA_HOME"));
        builder.environment().putAll(environment);
        return builder;
    }
}
