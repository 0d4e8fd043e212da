package io.flinkyarn.autoscaler.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options of the daemon, parsed and checked. Made once at the start by {@link ConfigurationReader}; read by the composition root.
 *
 * @param restTimeout limit for one call of Flink's REST API
 */
public record ProcessConfiguration(
        Loop loop, Fetcher fetcher, StoreType store, Set<EventSink> events, Jdbc jdbc, Duration restTimeout) {

    public ProcessConfiguration {
        events = Set.copyOf(events);
    }

    /**
     * @param interval pause between two cycles
     * @param parallelism jobs worked on at once, at most
     */
    public record Loop(Duration interval, int parallelism) {}

    /** Where jobs are looked for. */
    public sealed interface Fetcher {

        /** How long a list of jobs is good. */
        Duration listInterval();
    }

    /**
     * A YARN cluster.
     *
     * @param hadoopConfDir directory with core-site.xml and yarn-site.xml; whether it is there is for the fetcher to see
     * @param clusterName empty: as the cluster calls itself
     * @param tags of which an application carries one; none: any application
     * @param maxRequests to the ResourceManager and its proxy in flight at once
     * @param timeout of one call of the ResourceManager
     */
    public record Yarn(
            Duration listInterval,
            Path hadoopConfDir,
            Optional<String> clusterName,
            Set<String> tags,
            List<String> applicationTypes,
            int maxRequests,
            Duration timeout)
            implements Fetcher {

        public Yarn {
            tags = Set.copyOf(tags);
            applicationTypes = List.copyOf(applicationTypes);
        }
    }

    /** One Flink cluster whose REST address is known. */
    public record FlinkCluster(Duration listInterval, String host, int port) implements Fetcher {}

    /**
     * @param url empty: an embedded database in {@code dataDirectory}
     * @param passwordVariable name of the environment variable that holds the password
     * @param historyTtl how long decisions and events are kept; zero: for ever
     */
    public record Jdbc(
            Optional<String> url,
            Path dataDirectory,
            Optional<String> username,
            String passwordVariable,
            Duration historyTtl) {}

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
