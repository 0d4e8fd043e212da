package io.flinkyarn.autoscaler.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.yarn.api.records.ApplicationId;

/**
 * Flink's command line ({@code flink run-application}, {@code yarn-session.sh}), run in a process of its own, so that no Flink is on our class
 * path and each version is driven in the same way.
 */
final class FlinkCommand {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Pattern SUBMITTED = Pattern.compile("Submitted application (application_\\d+_\\d+)");

    private static final Pattern SUBMITTED_TO_SESSION = Pattern.compile("submitted with JobID ([0-9a-f]{32})");

    /** Flink 1.x does not run on JDK 17 without. */
    private static final String OPEN_MODULES = List.of(
                    "lang",
                    "lang.invoke",
                    "lang.reflect",
                    "net",
                    "io",
                    "nio",
                    "text",
                    "time",
                    "util",
                    "util.concurrent",
                    "util.concurrent.atomic",
                    "util.concurrent.locks")
            .stream()
            .map(name -> "--add-opens=java.base/java." + name + "=ALL-UNNAMED")
            .collect(Collectors.joining(" ", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED ", ""));

    private final MiniYarn yarn;
    private final FlinkRig rig;
    private final Path folder;

    FlinkCommand(MiniYarn yarn, FlinkRig rig, Path folder) {
        this.yarn = yarn;
        this.rig = rig;
        this.folder = folder.toAbsolutePath();
    }

    /** In application mode. */
    ApplicationId submit(LoadJob job, RateSchedule schedule) throws IOException {
        List<String> command = command("org.apache.flink.client.cli.CliFrontend");
        command.addAll(rig.submitAction());
        options(job).forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(program(job, schedule));
        return ApplicationId.fromString(call(command, SUBMITTED));
    }

    /** A session cluster without a job, of this name, with these tags and options. */
    ApplicationId startSession(LoadJob session) throws IOException {
        List<String> command = command("org.apache.flink.yarn.cli.FlinkYarnSessionCli");
        command.add("-d");
        options(session).forEach((key, value) -> command.add("-D" + key + "=" + value));
        return ApplicationId.fromString(call(command, SUBMITTED));
    }

    /** @return the id of the job */
    String submitTo(ApplicationId session, LoadJob job, RateSchedule schedule) throws IOException {
        List<String> command = command("org.apache.flink.client.cli.CliFrontend");
        command.addAll(List.of("run", "-d", "-t", "yarn-session", "-Dyarn.application.id=" + session));
        command.add("-Dpipeline.name=" + job.name());
        command.add("-Dexecution.checkpointing.interval=1 s");
        command.addAll(program(job, schedule));
        return call(command, SUBMITTED_TO_SESSION);
    }

    /** @return what the first group of the pattern finds in the output */
    private String call(List<String> command, Pattern sought) throws IOException {
        Path output = Files.createTempFile(Files.createDirectories(folder), "submit", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("FLINK_CONF_DIR", rig.conf().toString());
        builder.environment().put("HADOOP_CONF_DIR", yarn.hadoopConfDir().toString());
        int exit = run(builder);
        String text = Files.readString(output);
        Matcher submitted = sought.matcher(text);
        if (exit != 0 || !submitted.find()) {
            throw new IOException("the submission failed with exit code " + exit + ":\n" + text);
        }
        return submitted.group(1);
    }

    @SuppressWarnings("try") // the hook is only held
    private static int run(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        try (AtExit atExit = new AtExit("end-submission", process::destroyForcibly)) {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("Flink's command line did not end within " + DEADLINE.toSeconds() + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while submitting", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(String mainClass) {
        List<String> classPath = new ArrayList<>();
        classPath.add(yarn.hadoopConfDir().toString());
        classPath.add(rig.dist().toString());
        classPath.add(rig.hadoop().resolve("*").toString());
        rig.logging().forEach(jar -> classPath.add(jar.toString()));

        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(OPEN_MODULES.split(" ")));
        command.add("-XX:TieredStopAtLevel=1");
        // Of a secure YARN: the KDC that this JVM uses.
        Optional.ofNullable(System.getProperty("java.security.krb5.conf"))
                .ifPresent(file -> command.add("-Djava.security.krb5.conf=" + file));
        command.add("-Dlog4j2.configurationFile=" + rig.conf().resolve("log4j-cli.properties"));
        command.addAll(List.of("-cp", String.join(":", classPath), mainClass));
        return command;
    }

    private List<String> program(LoadJob job, RateSchedule schedule) {
        return List.of(
                "-c",
                "io.flinkyarn.autoscaler.rig.LoadJob",
                rig.job().toString(),
                schedule.file().toString(),
                Integer.toString(job.partitions()),
                Long.toString(job.cost().toNanos() / 1_000));
    }

    private Map<String, String> options(LoadJob job) {
        Map<String, String> options = new TreeMap<>();
        options.put("yarn.application.name", job.name());
        options.put("yarn.tags", String.join(",", job.tags()));
        options.put("pipeline.name", job.name());
        options.put("yarn.flink-dist-jar", rig.dist().toString());
        options.put(
                "yarn.ship-files", rig.logging().stream().map(Path::toString).collect(Collectors.joining(";")));
        options.put("yarn.staging-directory", folder.resolve("staging").toUri().toString());
        options.put(
                rig.checkpointDirectoryKey(),
                folder.resolve("checkpoints").toUri().toString());
        options.put("execution.checkpointing.interval", "1 s");
        options.put("jobmanager.scheduler", "adaptive");
        options.put("parallelism.default", "1");
        options.putAll(rig.quickRescaling());
        options.putAll(smallAndQuick());
        options.putAll(job.options());
        return options;
    }

    /** A JobManager and TaskManagers of 512 MB that start and go quickly, on two cores shared with everything else. */
    private static Map<String, String> smallAndQuick() {
        String javaHome = System.getProperty("java.home");
        return Map.ofEntries(
                Map.entry("containerized.master.env.JAVA_HOME", javaHome),
                Map.entry("containerized.taskmanager.env.JAVA_HOME", javaHome),
                Map.entry("env.java.opts.all", OPEN_MODULES + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"),
                Map.entry("yarn.heartbeat.interval", "1"),
                Map.entry("slot.idle.timeout", "5000"),
                Map.entry("resourcemanager.taskmanager-timeout", "5000"),
                Map.entry("metrics.fetcher.update-interval", "2000"),
                Map.entry("jobmanager.memory.process.size", "512m"),
                Map.entry("jobmanager.memory.jvm-metaspace.size", "128m"),
                Map.entry("jobmanager.memory.off-heap.size", "64m"),
                Map.entry("jobmanager.memory.jvm-overhead.min", "64m"),
                Map.entry("jobmanager.memory.jvm-overhead.max", "64m"),
                Map.entry("taskmanager.memory.process.size", "512m"),
                Map.entry("taskmanager.memory.jvm-metaspace.size", "128m"),
                Map.entry("taskmanager.memory.jvm-overhead.min", "64m"),
                Map.entry("taskmanager.memory.framework.heap.size", "64m"),
                Map.entry("taskmanager.memory.framework.off-heap.size", "64m"),
                Map.entry("taskmanager.memory.managed.size", "0m"),
                Map.entry("taskmanager.memory.network.min", "32m"),
                Map.entry("taskmanager.memory.network.max", "32m"),
                // Few records in flight: what a vertex cannot take is lag at the source, and checkpoints are quick.
                Map.entry("taskmanager.memory.segment-size", "4 kb"),
                Map.entry("taskmanager.numberOfTaskSlots", "2"));
    }
}
