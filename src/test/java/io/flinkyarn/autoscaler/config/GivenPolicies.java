package io.flinkyarn.autoscaler.config;

import static org.junit.jupiter.api.Assertions.fail;

import io.flinkyarn.autoscaler.core.policy.JobDescription;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Valid;
import io.flinkyarn.autoscaler.core.policy.SetOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A configuration file with named policies, and the jobs of application {@code orders} that are read with it. */
record GivenPolicies(Path file) {

    static final JobDescription ORDERS =
            new JobDescription("production", "Orders of today", "orders", "root.streaming.eu", "alice", Set.of());

    static GivenPolicies written(Path directory, String yaml) {
        try {
            return new GivenPolicies(Files.writeString(directory.resolve("autoscaler.yaml"), yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JobDescription tagged(String... tags) {
        return new JobDescription(
                ORDERS.cluster(), ORDERS.jobName(), ORDERS.application(), ORDERS.queue(), ORDERS.user(), Set.of(tags));
    }

    private ConfigurationReading reading() {
        return ConfigurationReader.read(file, Map.of("HADOOP_CONF_DIR", "/c"), List.of(), ZoneOffset.UTC);
    }

    /** All that is wrong with the file; empty where nothing is. */
    List<String> problems() {
        return reading()
                .match(
                        valid -> List.<String>of(),
                        invalid -> invalid.problems().stream()
                                .map(Problem::message)
                                .toList());
    }

    /** What check-config prints of the policies. */
    List<String> shown() {
        return reading().match(valid -> valid.effective(), invalid -> fail("refused: " + invalid.problems())).stream()
                .filter(option -> option.key().startsWith(NamedPolicyOptions.LIST))
                .map(option -> option.key() + ": " + option.value()
                        + option.origin().toString().substring(file.toString().length()))
                .toList();
    }

    private PolicyReader reader() {
        return reading().match(valid -> valid.policies(), invalid -> fail("refused: " + invalid.problems()));
    }

    Valid of(JobDescription job, Map<String, String> configuration) {
        return reader().read(job, configuration).match(valid -> valid, invalid -> fail("" + invalid.problems()));
    }

    Valid of(JobDescription job) {
        return of(job, Map.of());
    }

    List<String> problemsOf(JobDescription job) {
        PolicyReading reading = reader().read(job, Map.of());
        return reading.match(
                valid -> fail("accepted: " + valid.options()),
                invalid -> invalid.problems().stream().map(Problem::message).toList());
    }

    /** {@code value by WHOM}, and {@code default} where nobody has set it. */
    static String option(Valid valid, String name) {
        return valid.options().stream()
                .filter(option -> option.key().equals(JobOptions.PREFIX + name))
                .map(option -> option.value() + " by " + option.by())
                .findFirst()
                .orElse("default");
    }

    static String where(Valid valid, String name) {
        return valid.options().stream()
                .filter(option -> option.key().equals(JobOptions.PREFIX + name))
                .map(SetOption::where)
                .findFirst()
                .orElseThrow();
    }
}
