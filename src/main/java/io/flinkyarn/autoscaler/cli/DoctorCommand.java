package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ConfigurationReading.Valid;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Cluster;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.StoreType;
import io.flinkyarn.autoscaler.jdbc.Database;
import io.flinkyarn.autoscaler.jdbc.Database.Purpose;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** Says of everything that the daemon needs whether it is there. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        description =
                "Goes the whole way to the database, to each cluster and to one of its jobs, and says of each step whether it is"
                        + " open, or what to do. Changes nothing. Takes every option as --key value, as run does.")
final class DoctorCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Output output = new Output();

    @Option(names = "--cluster", paramLabel = "NAME", description = "Only this cluster.")
    private Optional<String> only = Optional.empty();

    @Unmatched
    private List<String> options = new ArrayList<>();

    /** What is printed as JSON. */
    private record Diagnosis(boolean healthy, List<Finding> findings) {}

    DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Refusal, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        Consumer<Finding> print = finding -> {
            output.line(finding.line());
            findings.add(finding);
        };
        Valid configuration = surroundings.configuration(options);
        List<Cluster> clusters = configuration.process().clusters();
        List<Cluster> chosen = clusters.stream()
                .filter(cluster -> only.isEmpty() || cluster.name().equals(only))
                .toList();
        if (chosen.isEmpty()) {
            throw new Refusal(
                    Refusal.MISUSED,
                    "--cluster = '" + only.orElse("") + "': no cluster in the configuration has this name");
        }
        print.accept(Finding.ok("configuration", "valid, with " + clusters.size() + " clusters"));
        print.accept(database(configuration));
        Doctor doctor = new Doctor(surroundings.environment(), Clock.systemUTC(), print);
        for (Cluster cluster : chosen) {
            doctor.examine(cluster);
        }
        boolean healthy = findings.stream().noneMatch(finding -> finding.result() == Finding.Result.FAILED);
        output.print(List::of, () -> new Diagnosis(healthy, findings));
        return healthy ? 0 : Refusal.FAILED;
    }

    private Finding database(Valid configuration) {
        if (configuration.process().store() == StoreType.MEMORY) {
            return Finding.notTried("database", "as the state is kept in memory");
        }
        Path embedded = configuration.process().jdbc().dataDirectory().resolve("autoscaler.mv.db");
        if (configuration.process().jdbc().url().isEmpty() && !Files.exists(embedded)) {
            return Finding.notTried("database", "as the daemon makes " + embedded + " when it first starts");
        }
        try (Database database = surroundings.database(configuration.process().jdbc(), Purpose.READ)) {
            return Finding.ok(
                    "database", database + ", its tables " + database.schema().sentence());
        } catch (Refusal e) {
            return Finding.failed("database", String.join("; ", e.lines()));
        }
    }
}
