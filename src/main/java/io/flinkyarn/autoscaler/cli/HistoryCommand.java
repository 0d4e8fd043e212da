package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.jdbc.Database;
import io.flinkyarn.autoscaler.jdbc.Database.Purpose;
import io.flinkyarn.autoscaler.jdbc.RescaleHistory;
import io.flinkyarn.autoscaler.jdbc.RescaleHistory.Rescale;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** Prints the latest rescales. Works beside a running daemon. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        description = "Prints the latest rescales from the database, newest first, also while the daemon runs."
                + " Takes every option as --key value, as run does.")
final class HistoryCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Output output = new Output();

    @Parameters(arity = "0..1", paramLabel = "JOB", description = Help.JOB)
    private Optional<String> job = Optional.empty();

    @Option(
            names = {"-n", "--last"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many rescales (default: ${DEFAULT-VALUE}).")
    private int last;

    @Unmatched
    private List<String> options = new ArrayList<>();

    HistoryCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Refusal {
        if (last < 1) {
            throw new Refusal(Refusal.MISUSED, "--last = '" + last + "': expected a number from 1");
        }
        try (Database database = surroundings.database(options, Purpose.READ)) {
            RescaleHistory history = new RescaleHistory(database);
            List<Rescale> rescales = job.isPresent() ? history.latest(job.get(), last) : history.latest(last);
            output.print(
                    () -> HistoryText.lines(rescales, ZoneId.systemDefault()),
                    () -> new RescaleJson.All(
                            rescales.stream().map(RescaleJson::of).toList()));
        } catch (StoreException e) {
            throw new Refusal(Refusal.FAILED, String.valueOf(e.getMessage()));
        }
        return 0;
    }
}
