package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.config.ConfigurationReading.EffectiveOption;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.FetcherType;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads everything that was set for the daemon, once, at the start. The command line wins over the environment, the environment over the
 * file, the file over the defaults.
 */
public final class ConfigurationReader {

    /** Everything that can be set for the daemon. */
    static final Catalogue ALL = ProcessOptions.CATALOGUE.and(JobOptions.CATALOGUE);

    private final Map<String, String> environment;
    private final Settings settings;
    private final OptionReader options;

    private ConfigurationReader(Map<String, String> environment, Settings settings, List<Problem> problems) {
        this.environment = environment;
        this.settings = settings;
        this.options = new OptionReader(settings);
        problems.forEach(options::add);
    }

    /**
     * @param file {@code conf/autoscaler.yaml}; it need not exist
     * @param arguments of the command line: {@code --key value} or {@code --key=value}
     * @param zone in which excluded periods are meant where no option says otherwise
     */
    public static ConfigurationReading read(
            Path file, Map<String, String> environment, List<String> arguments, ZoneId zone) {
        List<Written> written =
                List.of(CommandLine.read(arguments), Environment.read(environment), ConfigurationFile.read(file));
        Settings settings = new Settings(written.stream().map(Written::layer).toList());
        List<Problem> problems =
                written.stream().flatMap(layer -> layer.problems().stream()).toList();
        return new ConfigurationReader(environment, settings, problems).read(new PolicyReader(settings, zone));
    }

    private ConfigurationReading read(PolicyReader policies) {
        Optional<ProcessConfiguration> process = process();
        options.check(ProcessOptions.CATALOGUE);
        policies.read(Map.of())
                .match(valid -> List.<Problem>of(), invalid -> invalid.problems())
                .forEach(options::add);
        if (process.isEmpty() || !options.problems().isEmpty()) {
            return new ConfigurationReading.Invalid(options.problems());
        }
        return new ConfigurationReading.Valid(process.get(), policies, effective());
    }

    /** Empty only where a problem says why. */
    private Optional<ProcessConfiguration> process() {
        ProcessConfiguration.Loop loop = new ProcessConfiguration.Loop(
                options.get(ProcessOptions.LOOP_INTERVAL), options.get(ProcessOptions.LOOP_PARALLELISM));
        ProcessConfiguration.Jdbc jdbc = new ProcessConfiguration.Jdbc(
                options.find(ProcessOptions.JDBC_URL),
                dataDirectory(),
                options.find(ProcessOptions.JDBC_USERNAME),
                options.get(ProcessOptions.JDBC_PASSWORD_VARIABLE),
                options.get(ProcessOptions.EVENT_TTL));
        ProcessConfiguration.StoreType store = options.get(ProcessOptions.STORE_TYPE);
        Set<ProcessConfiguration.EventSink> events = Set.copyOf(options.get(ProcessOptions.EVENT_HANDLER_TYPE));
        return fetcher()
                .map(fetcher -> new ProcessConfiguration(
                        loop, fetcher, store, events, jdbc, options.get(JobOptions.REST_TIMEOUT)));
    }

    private Optional<ProcessConfiguration.Fetcher> fetcher() {
        return switch (options.find(ProcessOptions.FETCHER_TYPE).orElseGet(this::fetcherThatIsMeant)) {
            case YARN -> yarn().map(yarn -> yarn);
            case FLINK_CLUSTER ->
                Optional.of(new ProcessConfiguration.FlinkCluster(
                        options.get(ProcessOptions.LIST_INTERVAL),
                        options.get(ProcessOptions.FLINK_HOST),
                        options.get(ProcessOptions.FLINK_PORT)));
        };
    }

    private FetcherType fetcherThatIsMeant() {
        return settings.mention(ProcessOptions.OF_FLINK_CLUSTER) && !settings.mention(ProcessOptions.OF_YARN)
                ? FetcherType.FLINK_CLUSTER
                : FetcherType.YARN;
    }

    private Optional<ProcessConfiguration.Yarn> yarn() {
        Optional<Path> hadoopConfDir = options.find(ProcessOptions.HADOOP_CONF_DIR)
                .or(() -> variable("HADOOP_CONF_DIR"))
                .map(Path::of);
        if (hadoopConfDir.isEmpty()) {
            options.refuse(
                    ProcessOptions.HADOOP_CONF_DIR,
                    "expected the directory with the yarn-site.xml of the cluster, here or in the environment variable"
                            + " HADOOP_CONF_DIR. For a Flink cluster without YARN, set "
                            + ProcessOptions.FLINK_HOST.key());
        }
        return hadoopConfDir.map(directory -> new ProcessConfiguration.Yarn(
                options.get(ProcessOptions.LIST_INTERVAL),
                directory,
                options.find(ProcessOptions.CLUSTER_NAME),
                Set.copyOf(options.find(ProcessOptions.YARN_TAGS).orElse(List.of())),
                options.get(ProcessOptions.APPLICATION_TYPES),
                options.get(ProcessOptions.YARN_MAX_REQUESTS),
                options.get(ProcessOptions.YARN_TIMEOUT)));
    }

    /** As bin/autoscaler.sh has it; a program that was started otherwise keeps its data in the working directory. */
    private Path dataDirectory() {
        return variable("AUTOSCALER_DATA_DIR")
                .map(Path::of)
                .or(() -> variable("AUTOSCALER_HOME").map(home -> Path.of(home, "data")))
                .orElse(Path.of("data"));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private List<EffectiveOption> effective() {
        return ALL.options().stream().map(this::effective).toList();
    }

    private EffectiveOption effective(Option<?> option) {
        return settings.find(option)
                .map(setting -> new EffectiveOption(option.key(), Secrets.mask(setting.text()), setting.origin()))
                .orElse(new EffectiveOption(option.key(), option.fallbackText(), new Origin.Default()));
    }
}
