package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ClusterAccess;
import io.flinkyarn.autoscaler.config.ProcessConfiguration;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Applications;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Cluster;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.FlinkCluster;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Yarn;
import io.flinkyarn.autoscaler.control.ClusterJobs;
import io.flinkyarn.autoscaler.control.HeadroomSource;
import io.flinkyarn.autoscaler.control.JobListFetcher;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.core.policy.ApplicationSelection;
import io.flinkyarn.autoscaler.flink.FlinkClusterJobListFetcher;
import io.flinkyarn.autoscaler.flink.FlinkRest;
import io.flinkyarn.autoscaler.flink.RestClusterJobs;
import io.flinkyarn.autoscaler.flink.RestLimits;
import io.flinkyarn.autoscaler.flink.RestSchedulerPage;
import io.flinkyarn.autoscaler.yarn.ApplicationFilter;
import io.flinkyarn.autoscaler.yarn.Approach;
import io.flinkyarn.autoscaler.yarn.HadoopConfDirException;
import io.flinkyarn.autoscaler.yarn.KerberosAccount;
import io.flinkyarn.autoscaler.yarn.YarnClusterSettings;
import io.flinkyarn.autoscaler.yarn.YarnJobListFetcher;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clusters that there are, and the way to their Flinks: part of the object graph of the {@link Daemon}.
 *
 * @param fetchers one per cluster
 */
record Clusters(FlinkRest rest, List<JobListFetcher> fetchers) {

    private static final Logger LOG = LoggerFactory.getLogger(Clusters.class);

    /** Name of a Flink cluster that is the only one and was given none. */
    private static final String FLINK_CLUSTER = "flink";

    Clusters {
        fetchers = List.copyOf(fetchers);
    }

    /**
     * The one of this name, or all of them.
     *
     * @throws Refusal if there is none of this name
     */
    List<JobListFetcher> named(Optional<String> name) throws Refusal {
        List<JobListFetcher> chosen = fetchers.stream()
                .filter(fetcher -> name.isEmpty() || fetcher.cluster().equals(name.get()))
                .toList();
        if (chosen.isEmpty()) {
            throw new Refusal(
                    Refusal.MISUSED,
                    "--cluster = '" + name.orElse("") + "': expected one of "
                            + fetchers.stream().map(JobListFetcher::cluster).collect(Collectors.joining(", ")));
        }
        return chosen;
    }

    /** Opens all of them for a command, which asks nothing about applications that are gone. */
    static Clusters open(
            List<Cluster> clusters, Map<String, String> environment, RequestLog requests, Clock clock, Closing closing)
            throws Refusal {
        return open(clusters, environment, Map.of(), requests, clock, closing);
    }

    /**
     * Opens all of them.
     *
     * @param known by cluster, the applications that an earlier process has seen, and not seen ending
     * @throws Refusal if a cluster's configuration cannot be read; one that does not answer is no failure
     */
    static Clusters open(
            List<Cluster> clusters,
            Map<String, String> environment,
            Map<String, Set<String>> known,
            RequestLog requests,
            Clock clock,
            Closing closing)
            throws Refusal {
        // A cluster may know its own name, so that it is known only when its fetcher is open, which needs the client.
        Map<String, RestLimits> limits = new HashMap<>();
        RestLimits ofTheOnlyOne = limits(clusters.get(0).rest());
        clusters.forEach(cluster -> cluster.name().ifPresent(name -> limits.put(name, limits(cluster.rest()))));
        Logins logins = new Logins();
        Map<String, SSLContext> certificates = certificates(clusters, environment);
        FlinkRest rest = new FlinkRest(
                name -> limits.getOrDefault(name, ofTheOnlyOne),
                name -> Optional.ofNullable(certificates.get(name)),
                logins,
                requests);
        List<JobListFetcher> fetchers = new ArrayList<>();
        for (Cluster cluster : clusters) {
            fetchers.add(closing.add(
                    cluster instanceof Yarn yarn
                            ? yarn(yarn, rest, known, logins, requests, clock)
                            : flink((FlinkCluster) cluster, new RestClusterJobs(rest), clock)));
        }
        return new Clusters(rest, fetchers);
    }

    /** Only of clusters that have a name, as every entry of the list has. */
    private static Map<String, SSLContext> certificates(List<Cluster> clusters, Map<String, String> environment)
            throws Refusal {
        Map<String, SSLContext> certificates = new HashMap<>();
        for (Cluster cluster : clusters) {
            Optional<SSLContext> own = Tls.of(cluster.access(), environment);
            own.ifPresent(context -> cluster.name().ifPresent(name -> certificates.put(name, context)));
        }
        return certificates;
    }

    /** By name of the cluster, for those that can tell. */
    Map<String, HeadroomSource> headroom() {
        Map<String, HeadroomSource> sources = new HashMap<>();
        fetchers.forEach(fetcher -> fetcher.headroom().ifPresent(source -> sources.put(fetcher.cluster(), source)));
        return sources;
    }

    private static RestLimits limits(ProcessConfiguration.Rest rest) {
        return RestLimits.DEFAULT
                .withTimeout(rest.timeout())
                .withInFlight(rest.maxRequests())
                .withPerSecond(rest.maxRequestsPerSecond());
    }

    private static JobListFetcher flink(FlinkCluster flink, ClusterJobs jobs, Clock clock) {
        String scheme = flink.access().https() ? "https" : "http";
        URI address = URI.create(scheme + "://" + flink.host() + ":" + flink.port() + "/");
        LOG.info("looks for jobs at {}", address);
        return new FlinkClusterJobListFetcher(
                new RestEndpoint(flink.name().orElse(FLINK_CLUSTER), address), jobs, flink.listInterval(), clock);
    }

    private static JobListFetcher yarn(
            Yarn yarn, FlinkRest rest, Map<String, Set<String>> known, Logins logins, RequestLog requests, Clock clock)
            throws Refusal {
        try {
            YarnJobListFetcher fetcher = YarnJobListFetcher.open(
                    new YarnClusterSettings(
                            yarn.name(),
                            yarn.hadoopConfDir(),
                            filter(yarn.applications()),
                            approach(yarn.access()),
                            account(yarn),
                            yarn.listInterval(),
                            yarn.timeout()),
                    new RestClusterJobs(rest),
                    new RestSchedulerPage(rest),
                    cluster -> known.getOrDefault(cluster, Set.of()),
                    requests,
                    clock);
            logins.add(fetcher.cluster(), fetcher.restLogin());
            LOG.info("looks for jobs on the YARN cluster {} of {}", fetcher.cluster(), yarn.hadoopConfDir());
            return fetcher;
        } catch (HadoopConfDirException e) {
            throw new Refusal(Refusal.MISUSED, String.valueOf(e.getMessage()));
        }
    }

    /** As whom we log in to it; empty where it has no login. */
    static Optional<KerberosAccount> account(Yarn yarn) {
        return yarn.access().login().map(login -> new KerberosAccount(login.principal(), login.keytab()));
    }

    private static Approach approach(ClusterAccess access) {
        return switch (access.mode()) {
            case PROXY -> new Approach(false, true, access.baseUrl());
            case DIRECT -> new Approach(true, false, access.baseUrl());
            case AUTO -> new Approach(true, true, access.baseUrl());
        };
    }

    private static ApplicationFilter filter(Applications wanted) {
        return new ApplicationFilter(
                wanted.types(),
                new ApplicationSelection(
                        wanted.anyTag(),
                        wanted.allTags(),
                        wanted.noTag(),
                        wanted.queues(),
                        wanted.users(),
                        wanted.names()),
                wanted.included(),
                wanted.excluded());
    }
}
