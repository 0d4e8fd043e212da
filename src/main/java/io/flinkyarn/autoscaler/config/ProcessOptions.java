package io.flinkyarn.autoscaler.config;

import static io.flinkyarn.autoscaler.config.OptionType.BOOLEAN;
import static io.flinkyarn.autoscaler.config.OptionType.DURATION;
import static io.flinkyarn.autoscaler.config.OptionType.INT;
import static io.flinkyarn.autoscaler.config.OptionType.TEXT;
import static io.flinkyarn.autoscaler.config.OptionType.listOf;
import static io.flinkyarn.autoscaler.config.OptionType.oneOf;

import io.flinkyarn.autoscaler.config.ProcessConfiguration.EventSink;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.FetcherType;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.StoreType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The options of the daemon itself. Those that Flink's standalone autoscaler has, too, carry its names; its flags work as well. */
final class ProcessOptions {

    static final String PREFIX = "autoscaler.standalone.";

    private static final Range<Duration> SOME_TIME = Range.above(Duration.ZERO, "0");
    private static final Range<Integer> POSITIVE = Range.atLeast(1, "1");

    static final Option<Duration> LOOP_INTERVAL = option("control-loop.interval", DURATION)
            .in(SOME_TIME)
            .orElse(Duration.ofSeconds(10))
            .formerly("scalingInterval")
            .means("Pause between two cycles.");
    static final Option<Integer> LOOP_PARALLELISM = option("control-loop.parallelism", INT)
            .in(POSITIVE)
            .orElse(100)
            .means("How many jobs of one cluster are worked on at once, at most.");

    static final Option<FetcherType> FETCHER_TYPE = option("fetcher.type", oneOf(FetcherType.class))
            .otherwise("YARN; FLINK_CLUSTER where a fetcher.flink-cluster key is given and no fetcher.yarn key")
            .means("Where jobs are looked for: on a YARN cluster, or on one Flink cluster whose address is known.");
    static final Option<Duration> LIST_INTERVAL = option("fetcher.list-interval", DURATION)
            .in(SOME_TIME)
            .orElse(Duration.ofSeconds(30))
            .means("How long a list of jobs is good before the cluster is asked again.");

    static final Option<String> HADOOP_CONF_DIR = option("fetcher.yarn.hadoop-conf-dir", TEXT)
            .otherwise("the environment's HADOOP_CONF_DIR")
            .means("The directory with the core-site.xml and yarn-site.xml of the cluster.");
    static final Option<String> CLUSTER_NAME = option("fetcher.yarn.cluster-name", TEXT)
            .otherwise("yarn.resourcemanager.cluster-id of the cluster, or else yarn")
            .means("The name of the cluster in keys, logs and history; whoever changes it starts a new history.");
    static final Option<List<String>> YARN_TAGS = option("fetcher.yarn.tags", listOf(TEXT))
            .means("Only applications that carry one of these tags are looked after; the case is ignored.");
    static final Option<List<String>> APPLICATION_TYPES = option("fetcher.yarn.application-types", listOf(TEXT))
            .in(Range.notEmpty())
            .orElse(List.of("Apache Flink"))
            .means("The types of the applications that are Flink's.");
    static final Option<Integer> YARN_MAX_REQUESTS = option("fetcher.yarn.max-requests", INT)
            .in(POSITIVE)
            .orElse(4)
            .means("How many requests to the ResourceManager and its proxy may be in flight at once.");
    static final Option<Integer> YARN_MAX_REQUESTS_PER_SECOND = option("fetcher.yarn.max-requests-per-second", INT)
            .in(POSITIVE)
            .orElse(200)
            .means("How many requests a second may go through the proxy of the ResourceManager, on average.");
    static final Option<Duration> YARN_TIMEOUT = option("fetcher.yarn.timeout", DURATION)
            .in(SOME_TIME)
            .orElse(Duration.ofSeconds(30))
            .means(
                    "Limit for one call of the ResourceManager, and again for asking all its applications for their jobs.");

    static final Option<String> FLINK_HOST = option("fetcher.flink-cluster.host", TEXT)
            .orElse("localhost")
            .formerly("flinkClusterHost")
            .means("Host of the JobManager's REST address.");
    static final Option<Integer> FLINK_PORT = option("fetcher.flink-cluster.port", INT)
            .in(Range.between(1, 65535))
            .orElse(8081)
            .formerly("flinkClusterPort")
            .means("Port of the JobManager's REST address.");

    static final Option<StoreType> STORE_TYPE = option("state-store.type", oneOf(StoreType.class))
            .orElse(StoreType.JDBC)
            .means("Where state is kept; what is kept in memory is lost with the process.");
    static final Option<List<EventSink>> EVENT_HANDLER_TYPE = option(
                    "event-handler.type", listOf(oneOf(EventSink.class)))
            .in(Range.notEmpty())
            .orElse(List.of(EventSink.LOGGING, EventSink.JDBC))
            .means("Where events go.");

    static final Option<String> JDBC_URL = option("jdbc.url", TEXT)
            .in(new Range<>("that begins with jdbc:", url -> url.startsWith("jdbc:")))
            .otherwise("an embedded H2 file in AUTOSCALER_DATA_DIR")
            .means("The database: H2, MySQL, MariaDB or PostgreSQL.");
    static final Option<String> JDBC_USERNAME =
            option("jdbc.username", TEXT).means("The user of the database, where the URL names none.");
    static final Option<String> JDBC_PASSWORD_VARIABLE = option("jdbc.password-env-variable", TEXT)
            .orElse("JDBC_PWD")
            .means("The name of the environment variable that holds the password. It wins over a file and an alias.");
    static final Option<String> JDBC_PASSWORD_FILE = option("jdbc.password-file", TEXT)
            .means("A file that holds the password and nothing else; refused where every user may read it."
                    + " It wins over an alias.");
    static final Option<String> JDBC_PASSWORD_ALIAS = option("jdbc.password-credential-alias", TEXT)
            .means("The alias of the password in a credential provider of Hadoop.");
    static final Option<String> JDBC_PASSWORD_PROVIDER = option("jdbc.password-credential-provider", TEXT)
            .otherwise("hadoop.security.credential.provider.path in the core-site.xml of HADOOP_CONF_DIR")
            .means("The provider of that alias, such as localjceks://file/etc/autoscaler/passwords.jceks.");
    static final Option<Boolean> JDBC_AUTO_MIGRATE = option("jdbc.auto-migrate", BOOLEAN)
            .orElse(true)
            .means("Whether the daemon brings the tables up to date when it starts. If not, it refuses to start until"
                    + " bin/autoscaler.sh migrate has been run.");
    static final Option<Duration> EVENT_TTL = option("jdbc.event-handler.ttl", DURATION)
            .orElse(Duration.ofDays(90))
            .means("How long the history of decisions and events is kept; 0: for ever.");

    static final Option<Duration> METRICS_TTL = option("jdbc.metrics.ttl", DURATION)
            .orElse(Duration.ZERO)
            .means(
                    "How long the metrics of every vertex and minute are kept, a row each: at 1,000 vertices 1.4 million rows a day; 0: they are not written.");
    static final Option<Duration> FORGET_AFTER = option("forget-after", DURATION)
            .in(SOME_TIME)
            .orElse(Duration.ofHours(1))
            .means(
                    "A job run of which neither YARN nor Flink says how it ended counts as ended when its cluster was listed for so long without it. Its history stays.");

    static final Option<Integer> METRICS_JOBS = option("metrics.job-series.max-jobs", INT)
            .in(Range.atLeast(0, "0"))
            .orElse(5000)
            .means("Where there are more jobs, none has Prometheus series of its own; sums over all jobs stay.");
    static final Option<Integer> METRICS_VERTICES = option("metrics.vertex-series.max-jobs", INT)
            .in(Range.atLeast(0, "0"))
            .orElse(300)
            .means("Where there are more jobs, none has Prometheus series of its vertices, thirteen each.");

    static final List<Option<?>> OF_YARN = List.of(
            HADOOP_CONF_DIR,
            CLUSTER_NAME,
            YARN_TAGS,
            APPLICATION_TYPES,
            YARN_MAX_REQUESTS,
            YARN_MAX_REQUESTS_PER_SECOND,
            YARN_TIMEOUT);
    static final List<Option<?>> OF_FLINK_CLUSTER = List.of(FLINK_HOST, FLINK_PORT);

    /** All that describe the one cluster of a daemon that has no list of clusters. */
    static final List<Option<?>> OF_FETCHER = Stream.of(List.of(FETCHER_TYPE, LIST_INTERVAL), OF_YARN, OF_FLINK_CLUSTER)
            .<Option<?>>flatMap(List::stream)
            .toList();

    static final Catalogue CATALOGUE = new Catalogue(PREFIX, all(), List.of());

    private ProcessOptions() {}

    private static List<Option<?>> all() {
        List<Option<?>> others = List.of(
                LOOP_INTERVAL,
                LOOP_PARALLELISM,
                FETCHER_TYPE,
                LIST_INTERVAL,
                HADOOP_CONF_DIR,
                CLUSTER_NAME,
                YARN_TAGS,
                APPLICATION_TYPES,
                YARN_MAX_REQUESTS,
                YARN_MAX_REQUESTS_PER_SECOND,
                YARN_TIMEOUT,
                FLINK_HOST,
                FLINK_PORT,
                STORE_TYPE,
                EVENT_HANDLER_TYPE,
                JDBC_URL,
                JDBC_USERNAME,
                JDBC_PASSWORD_VARIABLE,
                JDBC_PASSWORD_FILE,
                JDBC_PASSWORD_ALIAS,
                JDBC_PASSWORD_PROVIDER,
                JDBC_AUTO_MIGRATE,
                EVENT_TTL,
                METRICS_TTL,
                FORGET_AFTER,
                METRICS_JOBS,
                METRICS_VERTICES);
        return Stream.of(others, WebOptions.ALL)
                .<Option<?>>flatMap(List::stream)
                .toList();
    }

    private static <T> Option<T> option(String name, OptionType<T> type) {
        return Option.of(PREFIX + name, type);
    }
}
