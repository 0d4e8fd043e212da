package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ConfigurationReader;
import io.flinkyarn.autoscaler.config.ConfigurationReading;
import io.flinkyarn.autoscaler.config.ConfigurationReading.Valid;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.time.ZoneId;
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
}
