package io.flinkyarn.autoscaler.config;

import static io.flinkyarn.autoscaler.config.OptionType.BOOLEAN;
import static io.flinkyarn.autoscaler.config.OptionType.DOUBLE;
import static io.flinkyarn.autoscaler.config.OptionType.INT;
import static io.flinkyarn.autoscaler.config.OptionType.MEMORY;
import static io.flinkyarn.autoscaler.config.OptionType.NAME_PATTERN;
import static io.flinkyarn.autoscaler.config.OptionType.TEXT;
import static io.flinkyarn.autoscaler.config.OptionType.listOf;
import static io.flinkyarn.autoscaler.config.OptionType.oneOf;

import io.flinkyarn.autoscaler.core.policy.NamePattern;
import java.util.List;

/** The options of one entry of {@code policies}, beside the job options that it sets. */
final class NamedPolicyOptions {

    /** The list in which the entries stand. */
    static final String LIST = "policies";

    static final Option<String> NAME = option("name", TEXT)
            .in(new Range<>(
                    "of 1 to 80 letters, digits, dots, hyphens and underscores",
                    name -> name.matches("[A-Za-z0-9._-]{1,80}")))
            .means("The name of the policy in tags, messages and the database; the case is ignored.");
    static final Option<Boolean> ON_REQUEST = option("on-request", BOOLEAN)
            .orElse(false)
            .means("Whether it holds only for jobs that ask for it by the YARN tag autoscaler.policy=NAME.");

    static final Option<List<String>> CLUSTERS =
            option("clusters", listOf(TEXT)).means("Only jobs on one of these clusters.");
    static final Option<List<String>> ANY_TAG = option("tags.any-of", listOf(TEXT))
            .means("Only jobs whose application carries one of these tags; the case is ignored.");
    static final Option<List<String>> ALL_TAGS = option("tags.all-of", listOf(TEXT))
            .means("Only jobs whose application carries all of these tags; the case is ignored.");
    static final Option<List<String>> NO_TAG = option("tags.none-of", listOf(TEXT))
            .means("No job whose application carries one of these tags; the case is ignored.");
    static final Option<List<String>> QUEUES = option("queues", listOf(TEXT))
            .means("Only jobs in one of these queues or below it; root. in front may be left out.");
    static final Option<List<String>> USERS = option("users", listOf(TEXT)).means("Only jobs of one of these users.");
    static final Option<List<NamePattern>> NAMES = option("names", listOf(NAME_PATTERN))
            .means(
                    "Only jobs whose application has a name that fits one of these patterns, in which * stands for any characters.");
    static final Option<List<NamePattern>> JOBS = option("jobs", listOf(NAME_PATTERN))
            .means("Only jobs whose own name, as Flink shows it, fits one of these patterns.");

    static final Option<Mode> MODE = option("mode", oneOf(Mode.class))
            .means("Short for job.autoscaler.enabled and job.autoscaler.scaling.enabled:"
                    + " false (off), true and false (observe: recommendations only), true and true (scale).");

    static final Option<Mode> CAP_MODE =
            option("cap.mode", oneOf(Mode.class)).means("No job may do more, whatever its own configuration says.");
    static final Option<Integer> CAP_MAX_PARALLELISM = option("cap.vertex.max-parallelism", INT)
            .in(Range.atLeast(1, "1"))
            .means(
                    "No vertex is scaled above it, whatever the configuration of the job says; one that is above already stays there.");
    static final Option<Double> CAP_QUOTA_CPU = option("cap.quota.cpu", DOUBLE)
            .in(Range.atLeast(0.0, "0"))
            .means("No job has a higher job.autoscaler.quota.cpu, nor none.");
    static final Option<Long> CAP_QUOTA_MEMORY =
            option("cap.quota.memory", MEMORY).means("No job has a higher job.autoscaler.quota.memory, nor none.");

    static final Catalogue CATALOGUE = new Catalogue(
            Entries.prefix(LIST),
            List.of(
                    NAME,
                    ON_REQUEST,
                    CLUSTERS,
                    ANY_TAG,
                    ALL_TAGS,
                    NO_TAG,
                    QUEUES,
                    USERS,
                    NAMES,
                    JOBS,
                    MODE,
                    CAP_MODE,
                    CAP_MAX_PARALLELISM,
                    CAP_QUOTA_CPU,
                    CAP_QUOTA_MEMORY),
            List.of());

    /** The job options that an entry may set, under the keys that they have there. */
    static final Catalogue OF_JOBS = JobOptions.CATALOGUE.within(Entries.prefix(LIST));

    private NamedPolicyOptions() {}

    private static <T> Option<T> option(String name, OptionType<T> type) {
        return Option.of(Entries.prefix(LIST) + name, type);
    }
}
