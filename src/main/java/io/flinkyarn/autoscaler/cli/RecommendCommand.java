package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ConfigurationReading.Valid;
import io.flinkyarn.autoscaler.config.DurationText;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Cluster;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Yarn;
import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.JobView;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Watches jobs for some minutes and says what the daemon would do with them. */
@Command(
        name = "recommend",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        description =
                "Watches the running jobs for a while, and prints which parallelism each vertex should have, and why."
                        + " Needs neither a daemon nor a database, looks also at jobs that are not enabled, and changes nothing."
                        + " How far it is goes to the standard error. Exit code 1: there is a job, or a cluster, of which nothing can be said."
                        + " Takes every option as --key value, as run does; for one Flink cluster without YARN these are"
                        + " --flinkClusterHost and --flinkClusterPort.")
final class RecommendCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--once",
            required = true,
            description =
                    "Watches once, and ends. To watch for good, run the daemon with job.autoscaler.scaling.enabled: false.")
    @SuppressWarnings("unused") // there is no other way so far
    private boolean once;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "5m",
            description =
                    "For how long at most, from 30s (default: ${DEFAULT-VALUE}). The metrics window is made to fit into it. A long one"
                            + " says more: what comes and goes within it is evened out.")
    private String duration = "";

    @Option(names = "--cluster", paramLabel = "NAME", description = "Only the jobs of this cluster.")
    private Optional<String> cluster = Optional.empty();

    @Option(
            names = "--application",
            paramLabel = "ID",
            description =
                    "Only the jobs of this YARN application, whatever the configuration says about which are looked after.")
    private Optional<String> application = Optional.empty();

    @Unmatched
    private List<String> options = new ArrayList<>();

    RecommendCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Refusal, InterruptedException {
        Duration wanted = duration();
        Valid configuration = surroundings.configuration(options);
        Observation observation =
                Observation.of(wanted, configuration.process().loop().interval());
        Clock clock = Clock.systemUTC();
        Progress progress = new Progress(spec.commandLine().getErr(), wanted, clock.instant());
        try (Recommendations watching =
                Recommendations.start(surroundings, configuration, chosen(configuration), observation, clock)) {
            spec.commandLine()
                    .getErr()
                    .println("watches for " + DurationText.print(wanted) + " at most, with a metrics window of "
                            + observation.window().toSeconds() + " s");
            watching.await(progress::show);
            List<ClusterView> clusters = watching.clusters();
            List<JobView> jobs = watching.jobs();
            output.print(
                    () -> RecommendationText.lines(clusters, jobs),
                    () -> RecommendationJson.of(observation, clusters, jobs));
            return isComplete(clusters, jobs) ? 0 : Refusal.FAILED;
        }
    }

    private boolean isComplete(List<ClusterView> clusters, List<JobView> jobs) {
        return clusters.stream().allMatch(view -> view.standing() == ClusterView.Standing.REACHABLE)
                && jobs.stream().allMatch(Recommendations::isDecided)
                && (application.isEmpty() || !jobs.isEmpty());
    }

    private Duration duration() throws Refusal {
        try {
            Duration parsed = DurationText.parse(duration);
            if (parsed.compareTo(Observation.SHORTEST) >= 0) {
                return parsed;
            }
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.MISUSED, "--duration = '" + duration + "': " + e.getMessage());
        }
        throw new Refusal(
                Refusal.MISUSED,
                "--duration = '" + duration + "': expected 30s or more, as Flink measures anew every 10 s");
    }

    private List<Cluster> chosen(Valid configuration) throws Refusal {
        List<Cluster> clusters = configuration.process().clusters().stream()
                .filter(one -> cluster.isEmpty() || one.name().equals(cluster))
                .flatMap(one -> application.isEmpty() ? Stream.of(one) : narrowed(one, application.get()).stream())
                .toList();
        if (clusters.isEmpty()) {
            throw new Refusal(
                    Refusal.MISUSED,
                    "--cluster = '" + cluster.orElse("") + "', --application = '" + application.orElse("")
                            + "': no cluster in the configuration has this name, or none that has this name is a YARN cluster");
        }
        return clusters;
    }

    private static Optional<Cluster> narrowed(Cluster cluster, String application) {
        return cluster instanceof Yarn yarn ? Optional.of(yarn.withOnly(application)) : Optional.empty();
    }

    /** Says of each job now and then what it still waits for. */
    private static final class Progress {

        private static final Duration EVERY = Duration.ofSeconds(10);

        private final PrintWriter err;
        private final Duration duration;
        private final Instant start;
        private Instant next;

        Progress(PrintWriter err, Duration duration, Instant now) {
            this.err = err;
            this.duration = duration;
            this.start = now;
            this.next = now;
        }

        void show(List<JobView> jobs, Instant now) {
            if (now.isBefore(next)) {
                return;
            }
            next = now.plus(EVERY);
            List<JobView> waiting =
                    jobs.stream().filter(job -> !Recommendations.isDecided(job)).toList();
            err.println(Duration.between(start, now).toSeconds() + " of " + duration.toSeconds() + " s, "
                    + (jobs.size() - waiting.size()) + " of " + jobs.size() + " jobs decided");
            waiting.forEach(job -> err.println("  " + job.job().jobName() + ": " + RecommendationText.why(job)));
        }
    }
}
