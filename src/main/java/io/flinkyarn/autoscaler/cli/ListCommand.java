package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ConfigurationReading.Valid;
import io.flinkyarn.autoscaler.control.JobListFetcher;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.flink.RestMetricsCollector;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** Prints what is seen of each cluster, and why something is not looked after. Needs neither a daemon nor the database. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        description =
                "Asks the clusters once, and prints their Flink applications and jobs, what is done with each, and"
                        + " why nothing is done. Changes nothing. Takes every option as --key value, as run does.")
final class ListCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Output output = new Output();

    @Option(names = "--cluster", paramLabel = "NAME", description = "Only this cluster.")
    private Optional<String> cluster = Optional.empty();

    @Unmatched
    private List<String> options = new ArrayList<>();

    ListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Refusal, InterruptedException {
        Valid configuration = surroundings.configuration(options);
        Closing closing = new Closing();
        try {
            Clock clock = Clock.systemUTC();
            Clusters clusters = Clusters.open(
                    configuration.process().clusters(), surroundings.environment(), new RequestLog(), clock, closing);
            RestMetricsCollector collector = new RestMetricsCollector(clusters.rest(), clock);
            List<Census> all = new ArrayList<>();
            for (JobListFetcher fetcher : clusters.named(cluster)) {
                Census census = Census.take(
                        fetcher,
                        collector,
                        (job, ofJob, ordered) -> configuration.policies().read(job.description(), ofJob));
                CensusText.lines(census).forEach(output::line);
                all.add(census);
            }
            output.print(() -> List.of(CensusText.sum(all)), () -> CensusJson.of(all));
            return all.stream().allMatch(census -> census.listing().complete()) ? 0 : Refusal.FAILED;
        } finally {
            closing.close();
        }
    }
}
