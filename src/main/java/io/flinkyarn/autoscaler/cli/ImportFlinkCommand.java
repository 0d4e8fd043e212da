package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ProcessConfiguration.Password;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.jdbc.Database;
import io.flinkyarn.autoscaler.jdbc.Database.Purpose;
import io.flinkyarn.autoscaler.jdbc.DatabaseAccess;
import io.flinkyarn.autoscaler.jdbc.FlinkImport;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Takes over the history of Flink's own autoscaler. */
@Command(
        name = "import-flink",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        description =
                "Takes over the events, scaling reports and scaling history that Flink's own autoscaler has written by JDBC. Its"
                        + " tables are only read; what was taken over before is not taken twice; what cannot be read is named. Takes every option of"
                        + " our own database as --key value, as run does.")
final class ImportFlinkCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--url", required = true, description = "JDBC URL of the database with Flink's tables.")
    private String url = "";

    @Option(names = "--user", description = "Its user, where the URL names none.")
    private @Nullable String user;

    @Option(
            names = "--password-env-variable",
            paramLabel = "NAME",
            defaultValue = "FLINK_JDBC_PWD",
            description = "The environment variable with its password (default: ${DEFAULT-VALUE}).")
    private String passwordVariable = "";

    @Option(names = "--password-file", paramLabel = "FILE", description = "The file with its password.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--cluster",
            defaultValue = "flink",
            description = "The cluster that the jobs are shown under (default: ${DEFAULT-VALUE}).")
    private String cluster = "";

    @Option(
            names = "--time-zone",
            description =
                    "The time zone of the process that wrote the rows, which hold local times (default: that of this host).")
    private @Nullable String zone;

    @Unmatched
    private List<String> options = new ArrayList<>();

    ImportFlinkCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Refusal {
        DatabaseAccess source = source();
        ZoneId written = zone();
        try (Database database = surroundings.database(options, Purpose.MIGRATE_AND_WRITE)) {
            FlinkImport.Outcome outcome = new FlinkImport(
                            database, cluster, written, spec.commandLine().getErr()::println)
                    .run(source);
            spec.commandLine()
                    .getOut()
                    .println("Took over " + outcome.events() + " events and " + outcome.decisions()
                            + " decisions, and refreshed " + outcome.refreshed() + " events; " + outcome.known()
                            + " events and decisions were here already; " + outcome.notTaken()
                            + " states were left where they are; " + outcome.notRead()
                            + " rows, or parts of them, could not be read"
                            + (outcome.notTaken() + outcome.notRead() > 0 ? "; which and why is said above" : ""));
        } catch (StoreException e) {
            throw new Refusal(Refusal.FAILED, String.valueOf(e.getMessage()));
        }
        return 0;
    }

    private DatabaseAccess source() throws Refusal {
        DatabaseAccess without = new DatabaseAccess(url, Optional.ofNullable(user), Optional.empty());
        if (!without.shownUrl().equals(url)) {
            throw new Refusal(
                    Refusal.MISUSED,
                    "--url = '" + without.shownUrl()
                            + "': every user of this host can read the command line, and it holds a"
                            + " password: use --password-file or --password-env-variable");
        }
        Password password = new Password(
                Optional.of(passwordVariable),
                Optional.ofNullable(passwordFile),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new DatabaseAccess(url, without.user(), Passwords.find(password, surroundings.environment()));
    }

    private ZoneId zone() throws Refusal {
        try {
            return zone == null ? ZoneId.systemDefault() : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new Refusal(
                    Refusal.MISUSED, "--time-zone = '" + zone + "': expected a time zone such as Europe/Berlin or UTC");
        }
    }
}
