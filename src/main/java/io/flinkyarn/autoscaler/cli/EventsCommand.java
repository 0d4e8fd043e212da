package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.jdbc.Database;
import io.flinkyarn.autoscaler.jdbc.Database.Purpose;
import io.flinkyarn.autoscaler.jdbc.EventHistory;
import io.flinkyarn.autoscaler.jdbc.EventHistory.Told;
import io.flinkyarn.autoscaler.jdbc.EventHistory.Wanted;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** Prints what the owners of jobs were told. Works beside a running daemon. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        description = "Prints the latest events from the database, the last one told first, also while the daemon runs."
                + " Takes every option as --key value, as run does.")
final class EventsCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Output output = new Output();

    @Parameters(arity = "0..1", paramLabel = "JOB", description = Help.JOB)
    private Optional<String> job = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only those told since then: a duration before now such as 2h, or a time such as"
                    + " 2026-03-01T12:00:00Z, 2026-03-01T12:00 or 2026-03-01.")
    private Optional<String> since = Optional.empty();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only those of this type, Normal or Warning, or of this reason, such as ScalingReport.")
    private Optional<String> type = Optional.empty();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "50",
            description = "How many at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Unmatched
    private List<String> options = new ArrayList<>();

    EventsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** What is printed as JSON. */
    private record Events(List<Told> events) {}

    @Override
    public Integer call() throws Refusal {
        if (limit < 1) {
            throw new Refusal(Refusal.MISUSED, "--limit = '" + limit + "': expected a number from 1");
        }
        Instant from = since.isEmpty()
                ? Instant.EPOCH
                : Moment.read("--since", since.get(), Clock.system(ZoneId.systemDefault()));
        try (Database database = surroundings.database(options, Purpose.READ)) {
            List<Told> found = new EventHistory(database).find(new Wanted(job, from, type, limit));
            output.print(() -> lines(found), () -> new Events(found));
        } catch (StoreException e) {
            throw new Refusal(Refusal.FAILED, String.valueOf(e.getMessage()));
        }
        return 0;
    }

    private static List<String> lines(List<Told> events) {
        return events.isEmpty()
                ? List.of("No such event")
                : events.stream().flatMap(EventsCommand::lines).toList();
    }

    /** A message may have several lines. */
    private static Stream<String> lines(Told event) {
        String head = Moment.print(event.lastSeen(), ZoneId.systemDefault()) + "  " + event.type() + " "
                + event.reason() + "  " + event.jobName() + " (" + event.job() + ")"
                + (event.occurrences() > 1
                        ? ", told " + event.occurrences() + " times since "
                                + Moment.print(event.firstSeen(), ZoneId.systemDefault())
                        : "");
        return Stream.concat(Stream.of(head), event.message().lines().map(line -> "  " + line));
    }
}
