package io.flinkyarn.autoscaler.yarn;

import static org.apache.hadoop.fs.CommonConfigurationKeysPublic.HADOOP_SECURITY_AUTHENTICATION;
import static org.apache.hadoop.fs.CommonConfigurationKeysPublic.IPC_CLIENT_CONNECT_MAX_RETRIES_KEY;
import static org.apache.hadoop.fs.CommonConfigurationKeysPublic.IPC_CLIENT_CONNECT_MAX_RETRIES_ON_SOCKET_TIMEOUTS_KEY;
import static org.apache.hadoop.fs.CommonConfigurationKeysPublic.IPC_CLIENT_CONNECT_TIMEOUT_KEY;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeys;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/**
 * Reads the configuration of one cluster's client from a directory, as {@code HADOOP_CONF_DIR} names it. Nothing of the class path but Hadoop's own
 * defaults has a part in it, so that several clusters in one process do not mix.
 */
final class HadoopConfDir {

    private HadoopConfDir() {}

    /**
     * The configuration for a client that talks to the cluster.
     *
     * @param deadline within which a call must come to its end, other ResourceManagers of the cluster included
     * @param login as whom we log in, if the cluster wants that
     * @throws HadoopConfDirException if it cannot be read, or asks for what we cannot do
     */
    static YarnConfiguration read(Path dir, Duration deadline, Optional<KerberosAccount> login)
            throws HadoopConfDirException {
        if (!Files.isDirectory(dir)) {
            throw new HadoopConfDirException(
                    "the Hadoop configuration directory " + dir
                            + " does not exist: expected a directory with yarn-site.xml and core-site.xml; set HADOOP_CONF_DIR");
        }
        Path yarnSite = dir.resolve("yarn-site.xml");
        if (!Files.isReadable(yarnSite)) {
            throw new HadoopConfDirException("the Hadoop configuration directory " + dir
                    + " has no yarn-site.xml that can be read: expected the client configuration of a YARN cluster;"
                    + " set HADOOP_CONF_DIR to its directory");
        }
        Configuration files = new Configuration(false);
        files.addResource("core-default.xml");
        files.addResource("yarn-default.xml");
        Path coreSite = dir.resolve("core-site.xml");
        if (Files.exists(coreSite)) {
            parse(files, coreSite);
        }
        parse(files, yarnSite);
        // Where it is there, it tells whether the scheduler counts vcores.
        Path scheduler = dir.resolve("capacity-scheduler.xml");
        if (Files.exists(scheduler)) {
            parse(files, scheduler);
        }
        settleLogin(files, dir, login.isPresent());
        boundPatience(files, deadline);
        askNobodyElse(files);
        return new YarnConfiguration(files);
    }

    static void parse(Configuration files, Path file) throws HadoopConfDirException {
        files.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
        try {
            files.size(); // resources are read when they are first needed
        } catch (RuntimeException e) {
            throw new HadoopConfDirException(
                    file + " cannot be read as a Hadoop configuration: " + Causes.sentence(e), e);
        }
    }

    private static void settleLogin(Configuration files, Path dir, boolean hasLogin) throws HadoopConfDirException {
        String wanted =
                files.get(HADOOP_SECURITY_AUTHENTICATION, "simple").strip().toLowerCase(Locale.ROOT);
        String cluster = "the cluster in " + dir + " wants the login " + wanted + " (" + HADOOP_SECURITY_AUTHENTICATION
                + " in core-site.xml)";
        switch (wanted) {
            case "simple" -> {
                if (hasLogin) {
                    throw new HadoopConfDirException(
                            cluster + ", and login.principal is set: expected kerberos there, or no login.principal");
                }
                SimpleIdentity.allow(files);
            }
            case "kerberos" -> {
                if (!hasLogin) {
                    throw new HadoopConfDirException(
                            cluster + ": expected login.principal and login.keytab in its entry of clusters");
                }
                if (files.getTrimmed(YarnConfiguration.RM_PRINCIPAL, "").isEmpty()) {
                    throw new HadoopConfDirException(cluster + ": expected " + YarnConfiguration.RM_PRINCIPAL
                            + " in yarn-site.xml, the principal of its ResourceManager");
                }
            }
            default -> throw new HadoopConfDirException(cluster + ": expected simple or kerberos");
        }
    }

    /**
     * In place of the client's own patience, which is 15 minutes for a ResourceManager that is away and one minute for a failover. We ask again
     * later anyway, and meanwhile say that nobody answered.
     */
    private static void boundPatience(Configuration client, Duration deadline) {
        // Nobody listens: three attempts within a second.
        client.setLong(YarnConfiguration.RESOURCEMANAGER_CONNECT_MAX_WAIT_MS, 1_000);
        client.setLong(YarnConfiguration.RESOURCEMANAGER_CONNECT_RETRY_INTERVAL_MS, 500);
        client.setInt(IPC_CLIENT_CONNECT_MAX_RETRIES_KEY, 0);
        client.setInt(IPC_CLIENT_CONNECT_MAX_RETRIES_ON_SOCKET_TIMEOUTS_KEY, 0);
        client.setInt(IPC_CLIENT_CONNECT_TIMEOUT_KEY, 3_000);
        // Somebody listens and says nothing: half of the time is left for another ResourceManager.
        client.setLong(CommonConfigurationKeys.IPC_CLIENT_RPC_TIMEOUT_KEY, Math.max(1, deadline.toMillis() / 2));
        // A failover in progress: six attempts in some four seconds.
        client.setInt(YarnConfiguration.CLIENT_FAILOVER_MAX_ATTEMPTS, 6);
        client.setLong(YarnConfiguration.CLIENT_FAILOVER_SLEEPTIME_BASE_MS, 200);
        client.setLong(YarnConfiguration.CLIENT_FAILOVER_SLEEPTIME_MAX_MS, 1_000);
        client.setInt(YarnConfiguration.CLIENT_FAILOVER_RETRIES, 0);
        client.setInt(YarnConfiguration.CLIENT_FAILOVER_RETRIES_ON_SOCKET_TIMEOUTS, 0);
    }

    /** We only list what runs now: the history and timeline services, whose client libraries we do not have, are not asked. */
    private static void askNobodyElse(Configuration client) {
        client.setBoolean(YarnConfiguration.TIMELINE_SERVICE_ENABLED, false);
        client.setBoolean(YarnConfiguration.APPLICATION_HISTORY_ENABLED, false);
    }
}
