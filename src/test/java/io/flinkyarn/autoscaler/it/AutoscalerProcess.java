package io.flinkyarn.autoscaler.it;

import io.flinkyarn.autoscaler.it.AutoscalerScript.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Our daemon as a user runs it: the packaged distribution, unpacked, started and stopped by its script, in a process of
 * its own. For one thread. When it is closed, or this JVM ends, the daemon has ended.
 */
public final class AutoscalerProcess implements AutoCloseable {

    private static final String DASHBOARD = "the dashboard is at ";

    private final Path home;
    private final AutoscalerScript script;
    private final AtExit atExit = new AtExit("end-autoscaler", this::end);

    private AutoscalerProcess(Path home, AutoscalerScript script) {
        this.home = home;
        this.script = script;
    }

    /** The packaged distribution, which the build names by the system property {@code it.distribution}. */
    public static Path distribution() {
        String file = System.getProperty("it.distribution", "");
        if (file.isEmpty() || !Files.isRegularFile(Path.of(file))) {
            throw new IllegalStateException("the system property it.distribution is '" + file
                    + "', and should name flink-yarn-autoscaler-<version>-bin.tar.gz, which mvn package makes");
        }
        return Path.of(file);
    }

    /**
     * Unpacks the distribution, with these options in its {@code conf/autoscaler.yaml}, and its dashboard at any port that is free.
     *
     * @param folder gets the distribution, its data, logs and pid file
     */
    public static AutoscalerProcess unpack(
            Path distribution, Path folder, Path hadoopConfDir, Map<String, String> options) throws IOException {
        Path home = Files.createDirectories(folder.toAbsolutePath());
        unpack(distribution, home);
        // Several daemons run at once.
        Map<String, String> all = new TreeMap<>(Map.of("autoscaler.standalone.web.port", "0"));
        all.putAll(options);
        StringBuilder yaml = new StringBuilder();
        all.forEach((key, value) -> yaml.append(key).append(": ").append(value).append('\n'));
        Files.writeString(home.resolve("conf").resolve("autoscaler.yaml"), yaml);
        AutoscalerScript script = new AutoscalerScript(home, Files.createDirectories(home.resolve("calls")))
                .with("HADOOP_CONF_DIR", hadoopConfDir)
                .with("AUTOSCALER_JAVA_HOME", System.getProperty("java.home"));
        return new AutoscalerProcess(home, script);
    }

    /** More flags for the daemon's Java. */
    AutoscalerProcess withJavaFlags(String flags) {
        script.with("AUTOSCALER_OPTS", flags);
        return this;
    }

    /** @throws IOException with what the script said, if the daemon does not come up */
    public void start(String... options) throws IOException {
        call(Stream.concat(Stream.of("start"), Stream.of(options)).toArray(String[]::new));
    }

    /**
     * Starts it in the foreground; whoever calls this ends it, as he likes.
     *
     * @param console gets what it prints
     */
    public Process run(Path console, String... options) throws IOException {
        return script.open(
                console, Stream.concat(Stream.of("run"), Stream.of(options)).toArray(String[]::new));
    }

    /** Ends it gracefully; it can be started again, and goes on. */
    public void stop() throws IOException {
        call("stop");
    }

    /** What {@code autoscaler.sh status} prints. */
    public String status() throws IOException {
        return call("status");
    }

    /** What {@code autoscaler.sh list} prints. */
    String list(String... options) throws IOException {
        return call(Stream.concat(Stream.of("list"), Stream.of(options)).toArray(String[]::new));
    }

    /** What {@code autoscaler.sh doctor} prints, which finds nothing wrong. */
    String doctor(String... options) throws IOException {
        return call(Stream.concat(Stream.of("doctor"), Stream.of(options)).toArray(String[]::new));
    }

    /** What {@code autoscaler.sh explain} prints. */
    public String explain(String job) throws IOException {
        return call("explain", job);
    }

    /** What a command prints that tells the daemon to do something with a job. */
    String order(String... command) throws IOException {
        return call(command);
    }

    /** What {@code autoscaler.sh recommend --once} will have printed. Nothing else may be called until then. */
    CompletableFuture<String> recommend(String... options) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return call(Stream.concat(Stream.of("recommend", "--once"), Stream.of(options))
                        .toArray(String[]::new));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    public long pid() throws IOException {
        return script.pid();
    }

    /** The store that the daemon uses by default, for readers; empty of tables until it has run. */
    public String jdbcUrl() {
        return "jdbc:h2:file:" + home.resolve("data/autoscaler") + ";AUTO_SERVER=TRUE;TRACE_LEVEL_FILE=0;IFEXISTS=TRUE";
    }

    /** The directory of the embedded database. */
    Path data() {
        return home.resolve("data");
    }

    /** What it has logged so far. */
    public List<String> log() throws IOException {
        Path file = home.resolve("logs/autoscaler.log");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** Where its dashboard is, as its log says. */
    public URI dashboard() throws IOException {
        List<String> addresses = log().stream()
                .filter(line -> line.contains(DASHBOARD))
                .map(line -> line.substring(line.indexOf(DASHBOARD) + DASHBOARD.length())
                        .split(" ", 2)[0])
                .toList();
        if (addresses.isEmpty()) {
            throw new IOException("the log of the daemon does not say where its dashboard is");
        }
        return URI.create(addresses.get(addresses.size() - 1));
    }

    @Override
    public void close() {
        end();
        atExit.close();
    }

    private void end() {
        try {
            stop();
        } catch (IOException e) {
            System.err.println("AutoscalerProcess: " + e.getMessage());
        }
        // A start that was interrupted may have left a daemon without a pid file.
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("-Dautoscaler.home=" + home + " "))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private String call(String... arguments) throws IOException {
        try {
            Result result = script.call(arguments);
            if (result.exitCode() != 0) {
                throw new IOException("autoscaler.sh " + String.join(" ", arguments) + " ended with exit code "
                        + result.exitCode() + ": " + (result.output() + result.errors()).strip());
            }
            return result.output();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in autoscaler.sh " + arguments[0], e);
        }
    }

    private static void unpack(Path distribution, Path home) throws IOException {
        Process tar = new ProcessBuilder(
                        "tar", "-xzf", distribution.toString(), "-C", home.toString(), "--strip-components=1")
                .inheritIO()
                .start();
        try {
            if (!tar.waitFor(1, TimeUnit.MINUTES) || tar.exitValue() != 0) {
                throw new IOException("cannot unpack " + distribution + " into " + home);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while unpacking " + distribution, e);
        } finally {
            tar.destroyForcibly();
        }
    }
}
