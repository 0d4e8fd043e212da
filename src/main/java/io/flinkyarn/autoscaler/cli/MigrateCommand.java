package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.jdbc.Database;
import io.flinkyarn.autoscaler.jdbc.Database.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Brings the tables of the database up to date. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        description =
                "Makes the tables of the database, or brings them up to date. A daemon does the same when it starts,"
                        + " unless autoscaler.standalone.jdbc.auto-migrate is false. Takes every option as --key value, as run does.")
final class MigrateCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Unmatched
    private List<String> options = new ArrayList<>();

    MigrateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Refusal {
        try (Database database = surroundings.database(options, Purpose.MIGRATE_AND_WRITE)) {
            spec.commandLine()
                    .getOut()
                    .println("The tables of " + database + " "
                            + database.schema().sentence());
        }
        return 0;
    }
}
