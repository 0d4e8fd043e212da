package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.jdbc.Database;
import io.flinkyarn.autoscaler.jdbc.Database.Purpose;
import io.flinkyarn.autoscaler.jdbc.JobExplanation;
import io.flinkyarn.autoscaler.jdbc.JobExplanation.Run;
import io.flinkyarn.autoscaler.jdbc.JobExplanations;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** Prints why a job was or was not rescaled. Works beside a running daemon. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        description =
                "Prints how a job stands, since when and why, its job graph, the latest decision with its arithmetic,"
                        + " the last rescale, and the options that somebody has set; from the database, also while the daemon runs."
                        + " Takes every option as --key value, as run does.")
final class ExplainCommand implements Callable<Integer> {

    private static final int MOST_CANDIDATES = 10;

    private final Surroundings surroundings;

    @Mixin
    private Output output = new Output();

    @Parameters(
            arity = "1",
            paramLabel = "JOB",
            description =
                    "The job: its name, logical name or id, the name or id of its application, or the beginning of one of"
                            + " them that no other job has.")
    private String job = "";

    @Unmatched
    private List<String> options = new ArrayList<>();

    ExplainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Refusal {
        try (Database database = surroundings.database(options, Purpose.READ)) {
            JobExplanations explanations = new JobExplanations(database);
            JobExplanation explanation = explanations.explain(only(explanations.find(job)));
            output.print(
                    () -> ExplanationText.lines(explanation, Instant.now(), ZoneId.systemDefault()),
                    () -> ExplanationJson.of(explanation));
        } catch (StoreException e) {
            throw new Refusal(Refusal.FAILED, String.valueOf(e.getMessage()));
        }
        return 0;
    }

    private Run only(List<Run> found) throws Refusal {
        if (found.isEmpty()) {
            throw new Refusal(
                    Refusal.MISUSED,
                    "JOB = '" + job
                            + "': expected the name, logical name or id of a job that the daemon has seen, or the name or"
                            + " id of its application; 'autoscaler.sh list' shows those that run");
        }
        if (found.size() > 1) {
            List<String> lines = new ArrayList<>();
            lines.add("JOB = '" + job + "' may be any of " + found.size() + " jobs: write the id of one instead");
            found.stream().limit(MOST_CANDIDATES).forEach(run -> lines.add("  " + run));
            if (found.size() > MOST_CANDIDATES) {
                lines.add("  and " + (found.size() - MOST_CANDIDATES) + " more");
            }
            throw new Refusal(Refusal.MISUSED, lines);
        }
        return found.get(0);
    }
}
