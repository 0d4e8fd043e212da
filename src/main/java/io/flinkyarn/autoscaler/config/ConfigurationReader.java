package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.config.ConfigurationReading.EffectiveOption;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads everything that was set for the daemon, once, at the start. The command line wins over the environment, the environment over the
 * file, the file over the defaults.
 */
public final class ConfigurationReader {

    /** Everything that can be set for the daemon. */
    static final Catalogue ALL = ProcessOptions.CATALOGUE
            .and(ClusterOptions.CATALOGUE)
            .and(NamedPolicyOptions.CATALOGUE)
            .and(NamedPolicyOptions.OF_JOBS)
            .and(ReceiverOptions.CATALOGUE)
            .and(JobOptions.CATALOGUE);

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
        ConfigurationReader reader = of(file, environment, arguments);
        NamedPolicies named = new NamedPolicyReader(reader.settings, reader.options).read();
        List<Receiver> receivers = new ReceiverReader(reader.settings, reader.options, named.names()).read();
        return reader.read(new PolicyReader(reader.settings, named, zone), receivers);
    }

    /**
     * The options of the database alone, for commands that ask only it: they have no use for a cluster.
     *
     * @param problems where all that is wrong with them is put
     */
    public static ProcessConfiguration.Jdbc readDatabase(
            Path file, Map<String, String> environment, List<String> arguments, List<Problem> problems) {
        ConfigurationReader reader = of(file, environment, arguments);
        ProcessConfiguration.Jdbc jdbc = reader.jdbc();
        problems.addAll(reader.options.problems());
        return jdbc;
    }

    /** Where the daemon keeps its states; as {@link #readDatabase}. */
    public static ProcessConfiguration.StoreType readStoreType(
            Path file, Map<String, String> environment, List<String> arguments, List<Problem> problems) {
        ConfigurationReader reader = of(file, environment, arguments);
        ProcessConfiguration.StoreType store = reader.options.get(ProcessOptions.STORE_TYPE);
        problems.addAll(reader.options.problems());
        return store;
    }

    /** Whether there is an option of this key, in any spelling. */
    public static boolean knows(String key) {
        return ALL.knows(key);
    }

    /** All keys that can be given on the command line, in the order of the reference. */
    public static List<String> keys() {
        return ALL.options().stream()
                .map(Option::key)
                .filter(key -> !Entries.isOfList(key))
                .toList();
    }

    private static ConfigurationReader of(Path file, Map<String, String> environment, List<String> arguments) {
        List<Written> written =
                List.of(CommandLine.read(arguments), Environment.read(environment), ConfigurationFile.read(file));
        Settings settings = new Settings(written.stream().map(Written::layer).toList());
        List<Problem> problems =
                written.stream().flatMap(layer -> layer.problems().stream()).toList();
        return new ConfigurationReader(environment, settings, problems);
    }

    private ConfigurationReading read(PolicyReader policies, List<Receiver> receivers) {
        Optional<ProcessConfiguration> process = process(receivers);
        options.check(ProcessOptions.CATALOGUE);
        policies.problems().forEach(options::add);
        if (process.isEmpty() || !options.problems().isEmpty()) {
            return new ConfigurationReading.Invalid(options.problems());
        }
        return new ConfigurationReading.Valid(process.get(), policies, effective());
    }

    /** Empty only where a problem says why. */
    private Optional<ProcessConfiguration> process(List<Receiver> receivers) {
        ProcessConfiguration.Loop loop = new ProcessConfiguration.Loop(
                options.get(ProcessOptions.LOOP_INTERVAL), options.get(ProcessOptions.LOOP_PARALLELISM));
        ProcessConfiguration.Jdbc jdbc = jdbc();
        ProcessConfiguration.StoreType store = options.get(ProcessOptions.STORE_TYPE);
        Set<ProcessConfiguration.EventSink> events = Set.copyOf(options.get(ProcessOptions.EVENT_HANDLER_TYPE));
        List<ProcessConfiguration.Cluster> clusters = new ClusterReader(settings, environment, options).read();
        return clusters.isEmpty()
                ? Optional.empty()
                : Optional.of(new ProcessConfiguration(
                        loop,
                        clusters,
                        store,
                        events,
                        jdbc,
                        options.get(ProcessOptions.FORGET_AFTER),
                        new ProcessConfiguration.Series(
                                options.get(ProcessOptions.METRICS_JOBS), options.get(ProcessOptions.METRICS_VERTICES)),
                        receivers,
                        web()));
    }

    private Optional<ProcessConfiguration.Web> web() {
        ProcessConfiguration.Web web = new ProcessConfiguration.Web(
                options.get(WebOptions.HOST),
                options.get(WebOptions.PORT),
                options.find(WebOptions.TOKEN_FILE).map(Path::of),
                options.find(WebOptions.USERS_FILE).map(Path::of),
                loginOfWeb(),
                options.find(WebOptions.OPERATORS).orElse(List.of()),
                options.find(WebOptions.KEYSTORE)
                        .map(path -> new ClusterAccess.KeyStore(
                                Path.of(path),
                                WebOptions.KEYSTORE_PASSWORD.read(
                                        options,
                                        WebOptions.PROVIDER,
                                        variable("HADOOP_CONF_DIR").map(Path::of)))));
        return options.get(WebOptions.ENABLED) ? Optional.of(web) : Optional.empty();
    }

    private Optional<ClusterAccess.Login> loginOfWeb() {
        Optional<String> principal = options.find(WebOptions.PRINCIPAL);
        Optional<String> keytab = options.find(WebOptions.KEYTAB);
        if (principal.isPresent() != keytab.isPresent()) {
            options.refuse(
                    principal.isPresent() ? WebOptions.KEYTAB : WebOptions.PRINCIPAL,
                    "expected both web.kerberos.principal and web.kerberos.keytab, or none");
        }
        return principal.flatMap(name -> keytab.map(file -> new ClusterAccess.Login(name, Path.of(file))));
    }

    private ProcessConfiguration.Jdbc jdbc() {
        Optional<String> url = options.find(ProcessOptions.JDBC_URL);
        if (url.isPresent()) {
            refusePasswordOnCommandLine();
        }
        return new ProcessConfiguration.Jdbc(
                url,
                dataDirectory(),
                options.find(ProcessOptions.JDBC_USERNAME),
                new ProcessConfiguration.Password(
                        Optional.of(options.get(ProcessOptions.JDBC_PASSWORD_VARIABLE)),
                        options.find(ProcessOptions.JDBC_PASSWORD_FILE).map(Path::of),
                        options.find(ProcessOptions.JDBC_PASSWORD_ALIAS),
                        options.find(ProcessOptions.JDBC_PASSWORD_PROVIDER),
                        variable("HADOOP_CONF_DIR").map(Path::of)),
                options.get(ProcessOptions.JDBC_AUTO_MIGRATE),
                options.get(ProcessOptions.EVENT_TTL),
                options.get(ProcessOptions.METRICS_TTL));
    }

    private void refusePasswordOnCommandLine() {
        settings.find(ProcessOptions.JDBC_URL)
                .filter(url -> url.origin() instanceof Origin.CommandLine)
                .filter(url -> !Secrets.mask(url.text()).equals(url.text()))
                .ifPresent(url -> options.refuse(
                        ProcessOptions.JDBC_URL,
                        "every user of this host can read the command line, and it holds a password: set "
                                + ProcessOptions.JDBC_PASSWORD_FILE.key() + " instead"));
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
        Stream<EffectiveOption> ofClusters = entries(ClusterOptions.LIST, ClusterOptions.CATALOGUE);
        Stream<EffectiveOption> ofPolicies =
                entries(NamedPolicyOptions.LIST, NamedPolicyOptions.CATALOGUE.and(NamedPolicyOptions.OF_JOBS));
        Stream<EffectiveOption> ofAll = ProcessOptions.CATALOGUE.and(JobOptions.CATALOGUE).options().stream()
                .map(this::effective);
        Stream<EffectiveOption> ofPlugins = ofPlugins(settings, JobOptions.CATALOGUE);
        Stream<EffectiveOption> ofReceivers = entries(ReceiverOptions.LIST, ReceiverOptions.CATALOGUE);
        return Stream.of(ofClusters, ofAll, ofPlugins, ofPolicies, ofReceivers)
                .flatMap(Function.identity())
                .toList();
    }

    /** What is set in the entries of a list. */
    private Stream<EffectiveOption> entries(String list, Catalogue catalogue) {
        return IntStream.range(0, settings.entries(list))
                .mapToObj(number -> settings.entry(list, number))
                .flatMap(entry -> Stream.concat(
                        catalogue.options().stream()
                                .flatMap(option -> entry.find(option).stream())
                                .map(ConfigurationReader::effective),
                        ofPlugins(entry, catalogue)));
    }

    /** What is set for plugins, whose options are in no catalogue. */
    private static Stream<EffectiveOption> ofPlugins(Settings settings, Catalogue catalogue) {
        return catalogue.open().stream()
                .flatMap(start -> settings.under(start).values().stream())
                .map(ConfigurationReader::effective);
    }

    private static EffectiveOption effective(Setting setting) {
        return new EffectiveOption(setting.key(), Secrets.mask(setting.key(), setting.text()), setting.origin());
    }

    private EffectiveOption effective(Option<?> option) {
        return settings.find(option)
                .map(setting -> new EffectiveOption(option.key(), Secrets.mask(setting.text()), setting.origin()))
                .orElse(new EffectiveOption(option.key(), option.fallbackText(), new Origin.Default()));
    }
}
