package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.policy.NamePattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options of the daemon, parsed and checked. Made once at the start by {@link ConfigurationReader}; read by the composition root.
 *
 * @param clusters never empty, of different names
 * @param forgetAfter after which a run that nobody sees counts as ended
 * @param web empty where nothing is served over HTTP
 */
public record ProcessConfiguration(
        Loop loop,
        List<Cluster> clusters,
        StoreType store,
        Set<EventSink> events,
        Jdbc jdbc,
        Duration forgetAfter,
        Series series,
        List<Receiver> receivers,
        Optional<Web> web) {

    public ProcessConfiguration {
        clusters = List.copyOf(clusters);
        events = Set.copyOf(events);
        receivers = List.copyOf(receivers);
    }

    /**
     * @param interval pause between two cycles
     * @param parallelism jobs worked on at once, at most
     */
    public record Loop(Duration interval, int parallelism) {}

    /**
     * How many Prometheus series there may be.
     *
     * @param jobs where there are more, none has series of its own
     * @param jobsWithVertices where there are more, none has series of its vertices
     */
    public record Series(int jobs, int jobsWithVertices) {}

    /**
     * Where the dashboard is served.
     *
     * @param port 0: any that is free
     * @param tokenFile holds what opens everything
     * @param usersFile holds names with the hashes of their passwords, each of which does so, too
     * @param kerberos as whom tickets are answered
     * @param operators principals who may change something
     * @param keystore with the key of the server; empty: without TLS
     */
    public record Web(
            String host,
            int port,
            Optional<Path> tokenFile,
            Optional<Path> usersFile,
            Optional<ClusterAccess.Login> kerberos,
            List<String> operators,
            Optional<ClusterAccess.KeyStore> keystore) {

        public Web {
            operators = List.copyOf(operators);
        }
    }

    /** Where jobs are looked for. */
    public sealed interface Cluster {

        /** Empty: as the cluster calls itself. Only a cluster that is the only one may have none. */
        Optional<String> name();

        /** How long a list of jobs is good. */
        Duration listInterval();

        Rest rest();

        ClusterAccess access();
    }

    /**
     * What calls of Flink's REST API may cost a cluster.
     *
     * @param maxRequests in flight at once
     * @param maxRequestsPerSecond through the web proxy of a ResourceManager
     * @param timeout of one call
     */
    public record Rest(int maxRequests, int maxRequestsPerSecond, Duration timeout) {}

    /**
     * A YARN cluster.
     *
     * @param hadoopConfDir directory with core-site.xml and yarn-site.xml; whether it is there is for the fetcher to see
     * @param timeout of one call of the ResourceManager
     */
    public record Yarn(
            Optional<String> name,
            Duration listInterval,
            Rest rest,
            Path hadoopConfDir,
            Duration timeout,
            Applications applications,
            ClusterAccess access)
            implements Cluster {

        /** The same with one application alone, whatever else was asked for of an application but its type. */
        public Yarn withOnly(String applicationId) {
            return new Yarn(name, listInterval, rest, hadoopConfDir, timeout, applications.only(applicationId), access);
        }
    }

    /**
     * Which applications of a YARN cluster are looked after: those that satisfy all of these. An empty set or list asks for nothing.
     *
     * @param queues with or without root. in front; those below them count as well
     * @param included ids
     * @param excluded ids
     */
    public record Applications(
            Set<String> types,
            Set<String> anyTag,
            Set<String> allTags,
            Set<String> noTag,
            Set<String> queues,
            Set<String> users,
            List<NamePattern> names,
            Set<String> included,
            Set<String> excluded) {

        public Applications {
            types = Set.copyOf(types);
            anyTag = Set.copyOf(anyTag);
            allTags = Set.copyOf(allTags);
            noTag = Set.copyOf(noTag);
            queues = Set.copyOf(queues);
            users = Set.copyOf(users);
            names = List.copyOf(names);
            included = Set.copyOf(included);
            excluded = Set.copyOf(excluded);
        }

        static Applications of(List<String> types) {
            Set<String> none = Set.of();
            return new Applications(Set.copyOf(types), none, none, none, none, none, List.of(), none, none);
        }

        Applications only(String id) {
            Set<String> none = Set.of();
            return new Applications(types, none, none, none, none, none, List.of(), Set.of(id), none);
        }

        Applications withAnyTag(List<String> tags) {
            return new Applications(types, Set.copyOf(tags), allTags, noTag, queues, users, names, included, excluded);
        }
    }

    /** One Flink cluster whose REST address is known. */
    public record FlinkCluster(
            Optional<String> name, Duration listInterval, Rest rest, String host, int port, ClusterAccess access)
            implements Cluster {}

    /**
     * @param url empty: an embedded database in {@code dataDirectory}
     * @param autoMigrate whether the daemon brings the tables up to date
     * @param historyTtl how long decisions and events are kept; zero: for ever
     * @param metricsTtl how long the metrics of each minute are kept; zero: they are not
     */
    public record Jdbc(
            Optional<String> url,
            Path dataDirectory,
            Optional<String> username,
            Password password,
            boolean autoMigrate,
            Duration historyTtl,
            Duration metricsTtl) {

        /** Without the password that somebody may have written into the URL. */
        @Override
        public String toString() {
            return "Jdbc[url=" + url.map(Secrets::mask) + ", dataDirectory=" + dataDirectory + ", username=" + username
                    + ", password=" + password + ", autoMigrate=" + autoMigrate + ", historyTtl=" + historyTtl
                    + ", metricsTtl=" + metricsTtl + "]";
        }
    }

    /**
     * Where a password is to be found: in the first of these that is there.
     *
     * @param variable name of an environment variable
     * @param alias in a credential provider of Hadoop
     * @param providers empty: as the core-site.xml in {@code hadoopConfDir} says
     */
    public record Password(
            Optional<String> variable,
            Optional<Path> file,
            Optional<String> alias,
            Optional<String> providers,
            Optional<Path> hadoopConfDir) {}

    public enum FetcherType {
        YARN,
        FLINK_CLUSTER
    }

    public enum StoreType {
        MEMORY,
        JDBC
    }

    public enum EventSink {
        LOGGING,
        JDBC
    }
}
