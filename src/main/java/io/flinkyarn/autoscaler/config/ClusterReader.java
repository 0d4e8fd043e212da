package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.config.ProcessConfiguration.Applications;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Cluster;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.FetcherType;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.FlinkCluster;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Rest;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Yarn;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads which clusters there are: the entries of {@code clusters}, or the one that the {@code fetcher} options describe. For one thread, for one
 * reading.
 */
final class ClusterReader {

    private final Settings settings;
    private final Map<String, String> environment;
    private final OptionReader options;

    /** @param options takes the problems */
    ClusterReader(Settings settings, Map<String, String> environment, OptionReader options) {
        this.settings = settings;
        this.environment = environment;
        this.options = options;
    }

    /** Empty only where a problem says why. */
    List<Cluster> read() {
        int entries = settings.entries(ClusterOptions.LIST);
        if (entries == 0) {
            return ofFetcher().stream().toList();
        }
        ProcessOptions.OF_FETCHER.stream()
                .filter(option -> settings.find(option).isPresent())
                .forEach(option -> options.refuse(
                        option, "expected nothing here, as the clusters are listed in clusters; move it there"));
        List<Cluster> clusters = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < entries; i++) {
            Entry entry = new Entry(i, new OptionReader(settings.entry(ClusterOptions.LIST, i)));
            entry.read().ifPresent(clusters::add);
            if (!entry.name().map(names::add).orElse(true)) {
                entry.options.refuse(ClusterOptions.NAME, "expected a name that no other cluster has");
            }
            entry.options.problems().forEach(options::add);
        }
        return clusters;
    }

    private Optional<Cluster> ofFetcher() {
        return switch (options.find(ProcessOptions.FETCHER_TYPE).orElseGet(this::fetcherThatIsMeant)) {
            case YARN -> yarnOfFetcher();
            case FLINK_CLUSTER ->
                Optional.of(new FlinkCluster(
                        Optional.empty(),
                        options.get(ProcessOptions.LIST_INTERVAL),
                        restOfFetcher(),
                        options.get(ProcessOptions.FLINK_HOST),
                        options.get(ProcessOptions.FLINK_PORT),
                        ClusterAccess.DEFAULT));
        };
    }

    private Rest restOfFetcher() {
        return new Rest(
                options.get(ProcessOptions.YARN_MAX_REQUESTS),
                options.get(ProcessOptions.YARN_MAX_REQUESTS_PER_SECOND),
                options.get(JobOptions.REST_TIMEOUT));
    }

    private FetcherType fetcherThatIsMeant() {
        return settings.mention(ProcessOptions.OF_FLINK_CLUSTER) && !settings.mention(ProcessOptions.OF_YARN)
                ? FetcherType.FLINK_CLUSTER
                : FetcherType.YARN;
    }

    private Optional<Cluster> yarnOfFetcher() {
        Optional<Path> hadoopConfDir = options.find(ProcessOptions.HADOOP_CONF_DIR)
                .or(() ->
                        Optional.ofNullable(environment.get("HADOOP_CONF_DIR")).filter(dir -> !dir.isBlank()))
                .map(Path::of);
        if (hadoopConfDir.isEmpty()) {
            options.refuse(
                    ProcessOptions.HADOOP_CONF_DIR,
                    "expected the directory with the yarn-site.xml of the cluster, here or in the environment variable"
                            + " HADOOP_CONF_DIR. For a Flink cluster without YARN, set "
                            + ProcessOptions.FLINK_HOST.key());
        }
        return hadoopConfDir.map(directory -> new Yarn(
                options.find(ProcessOptions.CLUSTER_NAME),
                options.get(ProcessOptions.LIST_INTERVAL),
                restOfFetcher(),
                directory,
                options.get(ProcessOptions.YARN_TIMEOUT),
                Applications.of(options.get(ProcessOptions.APPLICATION_TYPES))
                        .withAnyTag(options.find(ProcessOptions.YARN_TAGS).orElse(List.of())),
                ClusterAccess.DEFAULT));
    }

    /** One entry of the list. */
    private final class Entry {

        private final int number;
        private final OptionReader options;

        Entry(int number, OptionReader options) {
            this.number = number;
            this.options = options;
        }

        Optional<String> name() {
            return options.find(ClusterOptions.NAME);
        }

        Optional<Cluster> read() {
            options.check(ClusterOptions.CATALOGUE);
            Optional<String> hadoopConfDir = options.find(ClusterOptions.HADOOP_CONF_DIR);
            Optional<String> host = options.find(ClusterOptions.HOST);
            if (name().isEmpty()) {
                missing(ClusterOptions.NAME, "a name of its own, for keys, logs and history");
            }
            if (hadoopConfDir.isPresent() == host.isPresent()) {
                missing(
                        ClusterOptions.HADOOP_CONF_DIR,
                        "either it, for a YARN cluster, or host, for one Flink cluster without YARN");
                return Optional.empty();
            }
            refuseStrangers(host.isPresent() ? ClusterOptions.OF_YARN : ClusterOptions.OF_FLINK_CLUSTER);
            refuseStrangers(host.isPresent() ? AccessOptions.OF_YARN : AccessOptions.OF_FLINK_CLUSTER);
            ClusterAccess access = new AccessReader(options, hadoopConfDir.map(Path::of)).read();
            if (!options.problems().isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    host.isPresent() ? flinkCluster(host.get(), access) : yarn(hadoopConfDir.orElseThrow(), access));
        }

        private Cluster flinkCluster(String host, ClusterAccess access) {
            return new FlinkCluster(
                    name(),
                    options.get(ClusterOptions.LIST_INTERVAL),
                    rest(),
                    host,
                    options.get(ClusterOptions.PORT),
                    access);
        }

        private Cluster yarn(String hadoopConfDir, ClusterAccess access) {
            return new Yarn(
                    name(),
                    options.get(ClusterOptions.LIST_INTERVAL),
                    rest(),
                    Path.of(hadoopConfDir),
                    options.get(ClusterOptions.TIMEOUT),
                    new Applications(
                            set(options.get(ClusterOptions.APPLICATION_TYPES)),
                            set(ClusterOptions.ANY_TAG),
                            set(ClusterOptions.ALL_TAGS),
                            set(ClusterOptions.NO_TAG),
                            set(ClusterOptions.QUEUES),
                            set(ClusterOptions.USERS),
                            options.find(ClusterOptions.NAMES).orElse(List.of()),
                            set(ClusterOptions.INCLUDED),
                            set(ClusterOptions.EXCLUDED)),
                    access);
        }

        private Rest rest() {
            return new Rest(
                    options.get(ClusterOptions.MAX_REQUESTS),
                    options.get(ClusterOptions.MAX_REQUESTS_PER_SECOND),
                    options.find(ClusterOptions.REST_TIMEOUT)
                            .orElseGet(() -> ClusterReader.this.options.get(JobOptions.REST_TIMEOUT)));
        }

        private Set<String> set(Option<List<String>> option) {
            return set(options.find(option).orElse(List.of()));
        }

        private Set<String> set(List<String> values) {
            return Set.copyOf(values);
        }

        private void refuseStrangers(List<Option<?>> strangers) {
            strangers.stream()
                    .filter(option -> options.isSet(option))
                    .forEach(option -> options.refuse(
                            option,
                            "expected only for the other kind of cluster; remove it, or split the entry in two"));
        }

        private void missing(Option<?> option, String expected) {
            String key = Entries.prefix(ClusterOptions.LIST, number)
                    + option.key().substring(Entries.prefix(ClusterOptions.LIST).length());
            options.add(new Problem(key, key + ": expected " + expected));
        }
    }
}
