package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.policy.JobDescription;
import io.flinkyarn.autoscaler.core.policy.OrderedMode;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Makes the scaling policy of a job from all that was written about it: the daemon's defaults, the named policies that hold for it, the tags
 * of its YARN application, its Flink configuration, and what people have ordered, each of which wins over those before. Above them stand the caps of its named
 * policies. Made once; any thread may ask it.
 */
public final class PolicyReader {

    private final Settings defaults;
    private final NamedPolicies named;
    private final ZoneId zone;

    /** @param zone of the excluded periods, where no option names one */
    PolicyReader(Settings defaults, NamedPolicies named, ZoneId zone) {
        this.defaults = defaults;
        this.named = named;
        this.zone = zone;
    }

    /** A reader for jobs that only their own configuration speaks about. */
    public static PolicyReader withoutDefaults(ZoneId zone) {
        return new PolicyReader(Settings.NONE, NamedPolicies.NONE, zone);
    }

    /** The policy of a job of which no more is known than its configuration. */
    public PolicyReading read(Map<String, String> jobConfiguration) {
        return read(JobDescription.withoutYarn("", ""), jobConfiguration);
    }

    /** @param jobConfiguration the whole configuration of the Flink job; keys that have nothing to do with scaling are left alone */
    public PolicyReading read(JobDescription job, Map<String, String> jobConfiguration) {
        return read(job, jobConfiguration, Optional.empty());
    }

    /** The same for a job whose mode may be ordered by hand: only caps stand above that. */
    public PolicyReading read(JobDescription job, Map<String, String> jobConfiguration, Optional<OrderedMode> ordered) {
        TagOptions tags = TagOptions.of(job.tags(), named);
        List<NamedPolicy> holding = named.holding(job, tags.requested());
        Settings written = defaults;
        for (NamedPolicy policy : holding) {
            written = written.below(policy.layer());
        }
        List<Setting> ofJob = ofJob(jobConfiguration);
        written = written.below(tags.layer()).below(Layer.of(ofJob)).below(Layer.of(ordered(ordered)));
        JobSettings settings = JobSettings.of(written, holding);
        OptionReader options = new OptionReader(settings.effective());
        tags.problems().forEach(options::add);
        refuseUnknown(ofJob, options);
        PolicyParser parser = new PolicyParser(options, zone);
        ScalingPolicy policy = parser.parse();
        parser.refuseContradictions(option -> true);
        options.check(JobOptions.CATALOGUE);
        return options.problems().isEmpty()
                ? new PolicyReading.Valid(
                        policy,
                        settings.set(),
                        holding.stream().map(NamedPolicy::name).toList(),
                        settings.overruled())
                : new PolicyReading.Invalid(options.problems());
    }

    private static List<Setting> ordered(Optional<OrderedMode> order) {
        return order.map(mode -> Mode.valueOf(mode.mode().name()).settings(new Origin.Order(mode.by())))
                .orElse(List.of());
    }

    private static List<Setting> ofJob(Map<String, String> configuration) {
        return configuration.entrySet().stream()
                .filter(entry ->
                        JobOptions.CATALOGUE.claims(entry.getKey()) || TaskManagerOptions.include(entry.getKey()))
                .map(entry -> new Setting(entry.getKey(), entry.getValue(), new Origin.FlinkJob()))
                .sorted(Comparator.comparing(Setting::key))
                .toList();
    }

    private static void refuseUnknown(List<Setting> ofJob, OptionReader options) {
        ofJob.stream()
                .filter(setting ->
                        JobOptions.CATALOGUE.claims(setting.key()) && !JobOptions.CATALOGUE.knows(setting.key()))
                .forEach(
                        setting -> options.add(Problems.unknown(setting, JobOptions.CATALOGUE.nearest(setting.key()))));
    }

    /** What is wrong with the defaults and with each named policy, before any job is known. */
    List<Problem> problems() {
        Stream<Problem> ofDefaults = problems(defaults, defaults, option -> true).stream();
        Stream<Problem> ofPolicies = named.inOrder().stream().flatMap(policy -> {
            Settings own = new Settings(List.of(policy.layer()));
            return problems(
                    defaults.below(policy.layer()),
                    own,
                    option -> own.find(option).isPresent())
                    .stream();
        });
        return Stream.concat(ofDefaults, ofPolicies).distinct().toList();
    }

    /**
     * @param own what was written in the place in question
     * @param certain whether the value of an option is the one that every job will have: another policy may mend what contradicts a default
     */
    private List<Problem> problems(Settings settings, Settings own, Predicate<Option<?>> certain) {
        OptionReader options = new OptionReader(settings);
        PolicyParser parser = new PolicyParser(options, zone);
        var unused = parser.parse();
        parser.refuseContradictions(certain);
        options.check(JobOptions.CATALOGUE);
        // A name that is given to all jobs would make one job of those that happen to be named alike.
        own.find(JobOptions.LOGICAL_NAME)
                .ifPresent(setting -> options.add(Problems.of(
                        setting, "expected in the Flink configuration of one job, not as a default for all")));
        own.find(JobOptions.REST_TIMEOUT)
                .filter(setting -> setting.origin() instanceof Origin.Policy)
                .ifPresent(setting -> options.add(Problems.of(
                        setting,
                        "expected outside of policies, or as rest-timeout of a cluster: it has no effect here")));
        return options.problems();
    }
}
