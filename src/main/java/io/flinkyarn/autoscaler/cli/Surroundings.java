package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ConfigurationReader;
import io.flinkyarn.autoscaler.config.ConfigurationReading;
import io.flinkyarn.autoscaler.config.ConfigurationReading.Valid;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Jdbc;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.StoreType;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import io.flinkyarn.autoscaler.jdbc.Database;
import io.flinkyarn.autoscaler.jdbc.Database.Purpose;
import io.flinkyarn.autoscaler.jdbc.DatabaseAccess;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a command sees of the process that it runs in. */
record Surroundings(Directories directories, Map<String, String> environment) {

    /**
     * The configuration with what was given on the command line.
     *
     * @throws Refusal with all that is wrong
     */
    Valid configuration(List<String> options) throws Refusal {
        ConfigurationReading reading =
                ConfigurationReader.read(directories.configurationFile(), environment, options, ZoneId.systemDefault());
        if (reading instanceof ConfigurationReading.Invalid invalid) {
            throw new Refusal(
                    Refusal.MISUSED,
                    invalid.problems().stream().map(Problem::message).toList());
        }
        return (Valid) reading;
    }

    /**
     * Opens the database for a command that asks only it. Other options need not be right.
     *
     * @throws Refusal with all that is wrong
     */
    Database database(List<String> options, Purpose purpose) throws Refusal {
        List<Problem> problems = new ArrayList<>();
        Jdbc jdbc = ConfigurationReader.readDatabase(directories.configurationFile(), environment, options, problems);
        if (!problems.isEmpty()) {
            throw new Refusal(
                    Refusal.MISUSED, problems.stream().map(Problem::message).toList());
        }
        return database(jdbc, purpose);
    }

    /**
     * Opens the database through which the daemon is told something, as {@link #database(List, Purpose)}.
     *
     * @throws Refusal also where the daemon would not hear it
     */
    Database databaseOfDaemon(List<String> options) throws Refusal {
        List<Problem> problems = new ArrayList<>();
        StoreType store =
                ConfigurationReader.readStoreType(directories.configurationFile(), environment, options, problems);
        if (problems.isEmpty() && store == StoreType.MEMORY) {
            throw new Refusal(
                    Refusal.MISUSED,
                    "autoscaler.standalone.state-store.type is MEMORY: a daemon without a database hears no command; use"
                            + " its dashboard, or set JDBC");
        }
        return database(options, Purpose.WRITE);
    }

    /** Opens the database that the configuration means. */
    Database database(Jdbc jdbc, Purpose purpose) throws Refusal {
        DatabaseAccess access = jdbc.url().isPresent()
                ? new DatabaseAccess(jdbc.url().get(), jdbc.username(), Passwords.find(jdbc.password(), environment))
                : DatabaseAccess.embedded(jdbc.dataDirectory());
        try {
            return Database.open(access, purpose);
        } catch (StoreException e) {
            throw new Refusal(Refusal.FAILED, String.valueOf(e.getMessage()));
        }
    }
}
