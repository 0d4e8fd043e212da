package io.flinkyarn.autoscaler.config;

import static io.flinkyarn.autoscaler.config.OptionType.DURATION;
import static io.flinkyarn.autoscaler.config.OptionType.INT;
import static io.flinkyarn.autoscaler.config.OptionType.NAME_PATTERN;
import static io.flinkyarn.autoscaler.config.OptionType.TEXT;
import static io.flinkyarn.autoscaler.config.OptionType.listOf;

import io.flinkyarn.autoscaler.core.policy.NamePattern;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The options of one entry of {@code clusters}: a YARN cluster, or one Flink cluster whose address is known. */
final class ClusterOptions {

    /** The list in which the entries stand. */
    static final String LIST = "clusters";

    private static final Range<Duration> SOME_TIME = Range.above(Duration.ZERO, "0");
    private static final Range<Integer> POSITIVE = Range.atLeast(1, "1");

    static final Option<String> NAME = option("name", TEXT)
            .in(new Range<>(
                    "of 1 to 100 letters, digits, dots, hyphens and underscores",
                    name -> name.matches("[A-Za-z0-9._-]{1,100}")))
            .means("The name of the cluster in keys, logs and history; whoever changes it starts a new history.");
    static final Option<Duration> LIST_INTERVAL = option("list-interval", DURATION)
            .in(SOME_TIME)
            .orElse(Duration.ofSeconds(30))
            .means("How long a list of jobs is good before the cluster is asked again.");
    static final Option<Integer> MAX_REQUESTS = option("max-requests", INT)
            .in(POSITIVE)
            .orElse(4)
            .means("How many REST requests to the cluster may be in flight at once.");
    static final Option<Integer> MAX_REQUESTS_PER_SECOND = option("max-requests-per-second", INT)
            .in(POSITIVE)
            .orElse(200)
            .means("How many REST requests a second may go through the web proxy of the ResourceManager, on average.");
    static final Option<Duration> REST_TIMEOUT = option("rest-timeout", DURATION)
            .in(SOME_TIME)
            .otherwise("job.autoscaler.flink.rest-client.timeout")
            .means("Limit for one call of Flink's REST API.");

    static final Option<String> HADOOP_CONF_DIR = option("hadoop-conf-dir", TEXT)
            .means("Makes it a YARN cluster: the directory with its core-site.xml and yarn-site.xml.");
    static final Option<Duration> TIMEOUT = option("timeout", DURATION)
            .in(SOME_TIME)
            .orElse(Duration.ofSeconds(30))
            .means(
                    "Limit for one call of the ResourceManager, and again for asking all its applications for their jobs.");
    static final Option<List<String>> APPLICATION_TYPES = option("application-types", listOf(TEXT))
            .in(Range.notEmpty())
            .orElse(List.of("Apache Flink"))
            .means("Only applications of one of these types.");
    static final Option<List<String>> ANY_TAG = option("tags.any-of", listOf(TEXT))
            .means("Only applications that carry one of these tags; the case is ignored.");
    static final Option<List<String>> ALL_TAGS = option("tags.all-of", listOf(TEXT))
            .means("Only applications that carry all of these tags; the case is ignored.");
    static final Option<List<String>> NO_TAG = option("tags.none-of", listOf(TEXT))
            .means("No application that carries one of these tags; the case is ignored.");
    static final Option<List<String>> QUEUES = option("queues", listOf(TEXT))
            .means("Only applications in one of these queues or below it; root. in front may be left out.");
    static final Option<List<String>> USERS =
            option("users", listOf(TEXT)).means("Only applications of one of these users.");
    static final Option<List<NamePattern>> NAMES = option("names", listOf(NAME_PATTERN))
            .means("Only applications whose name fits one of these patterns, in which * stands for any characters.");
    static final Option<List<String>> INCLUDED =
            option("applications.included", listOf(TEXT)).means("Only the applications with these ids.");
    static final Option<List<String>> EXCLUDED =
            option("applications.excluded", listOf(TEXT)).means("No application with one of these ids.");

    static final Option<String> HOST =
            option("host", TEXT).means("Makes it a Flink cluster without YARN: the host of its REST address.");
    static final Option<Integer> PORT =
            option("port", INT).in(Range.between(1, 65535)).orElse(8081).means("The port of its REST address.");

    static final List<Option<?>> OF_YARN = List.of(
            HADOOP_CONF_DIR,
            MAX_REQUESTS_PER_SECOND,
            TIMEOUT,
            APPLICATION_TYPES,
            ANY_TAG,
            ALL_TAGS,
            NO_TAG,
            QUEUES,
            USERS,
            NAMES,
            INCLUDED,
            EXCLUDED);
    static final List<Option<?>> OF_FLINK_CLUSTER = List.of(HOST, PORT);

    static final Catalogue CATALOGUE = new Catalogue(
            Entries.prefix(LIST),
            Stream.concat(all().stream(), AccessOptions.ALL.stream()).toList(),
            List.of());

    private ClusterOptions() {}

    private static List<Option<?>> all() {
        return List.of(
                NAME,
                LIST_INTERVAL,
                MAX_REQUESTS,
                MAX_REQUESTS_PER_SECOND,
                REST_TIMEOUT,
                HADOOP_CONF_DIR,
                TIMEOUT,
                APPLICATION_TYPES,
                ANY_TAG,
                ALL_TAGS,
                NO_TAG,
                QUEUES,
                USERS,
                NAMES,
                INCLUDED,
                EXCLUDED,
                HOST,
                PORT);
    }

    private static <T> Option<T> option(String name, OptionType<T> type) {
        return Option.of(Entries.prefix(LIST) + name, type);
    }
}
