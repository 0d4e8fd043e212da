package io.flinkyarn.autoscaler.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Flink that YARN can run, as {@code scripts/flink-rig.sh} builds it. Knows where its parts lie, and the few keys of
 * Flink that differ between versions.
 *
 * @param folder what the script printed
 * @param version e.g. {@code 1.20.5}
 */
public record FlinkRig(Path folder, String version) {

    private static final String PROPERTY = "it.flink";
    private static final String DIST = "flink-dist-";

    /** The rig of this JVM's system property {@code it.flink}. */
    public static FlinkRig ofSystemProperty() {
        String folder = System.getProperty(PROPERTY);
        if (folder == null || folder.isBlank()) {
            throw new IllegalStateException(
                    "the system property it.flink is not set; it is the folder that scripts/flink-rig.sh prints: mvn verify -D"
                            + PROPERTY + "=\"$(scripts/flink-rig.sh)\"");
        }
        return of(Path.of(folder));
    }

    static FlinkRig of(Path folder) {
        String dist = list(folder).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.startsWith(DIST))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no flink-dist-<version>.jar in " + folder + "; build it with scripts/flink-rig.sh"));
        return new FlinkRig(folder, dist.substring(DIST.length(), dist.length() - ".jar".length()));
    }

    Path dist() {
        return folder.resolve(DIST + version + ".jar");
    }

    Path job() {
        return folder.resolve("rig-job.jar");
    }

    /** Jars of the Hadoop client, for the class path of containers and of the submitter. */
    Path hadoop() {
        return folder.resolve("hadoop");
    }

    List<Path> logging() {
        return list(folder.resolve("logging"));
    }

    /** A directory for Flink's {@code FLINK_CONF_DIR}: the configuration of logging, and no options. */
    Path conf() {
        return folder.resolve("conf");
    }

    /** The arguments of Flink's command line that submit in application mode. */
    List<String> submitAction() {
        return List.of(isVersion1() ? "run-application" : "run", "-t", "yarn-application");
    }

    /** Rescales at once when slots are there, and does not wait for more of them than needed. */
    Map<String, String> quickRescaling() {
        return isVersion1()
                ? Map.of(
                        "jobmanager.adaptive-scheduler.resource-wait-timeout", "60 s",
                        "jobmanager.adaptive-scheduler.resource-stabilization-timeout", "1 s",
                        "jobmanager.adaptive-scheduler.scaling-interval.min", "1 s")
                : Map.of(
                        "jobmanager.adaptive-scheduler.submission.resource-wait-timeout", "60 s",
                        "jobmanager.adaptive-scheduler.submission.resource-stabilization-timeout", "1 s",
                        "jobmanager.adaptive-scheduler.executing.resource-stabilization-timeout", "1 s",
                        "jobmanager.adaptive-scheduler.executing.cooldown-after-rescaling", "1 s");
    }

    /** The key of the directory of checkpoints. */
    String checkpointDirectoryKey() {
        return isVersion1() ? "state.checkpoints.dir" : "execution.checkpointing.dir";
    }

    /** Whether its REST API names the slot sharing groups, without which nobody can count the slots that a job takes. */
    boolean tellsSlotSharingGroups() {
        return !version.startsWith("1.18.");
    }

    private boolean isVersion1() {
        return version.startsWith("1.");
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("no Flink rig in " + folder + "; build it with scripts/flink-rig.sh", e);
        }
    }
}
