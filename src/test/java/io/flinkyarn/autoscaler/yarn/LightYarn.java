package io.flinkyarn.autoscaler.yarn;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.token.Token;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.security.AMRMTokenIdentifier;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.RMApp;

/**
 * A real YARN in this JVM, one ResourceManager with its web proxy and one NodeManager, for {@link LightApplication}s. Access control
 * is on, so that who is not the owner does not see an application.
 */
final class LightYarn implements AutoCloseable {

    private static final String HOST = "localhost";

    private final Map<String, String> yarnSite;
    private final MiniYARNCluster cluster;

    private LightYarn(Map<String, String> yarnSite, MiniYARNCluster cluster) {
        this.yarnSite = yarnSite;
        this.cluster = cluster;
    }

    /** @param folder where it keeps its files */
    static LightYarn start(Path folder) throws IOException {
        // Where MiniYARNCluster puts the directories of the NodeManager.
        System.setProperty("test.build.data", folder.toString());
        Map<String, String> yarnSite = yarnSite();
        MiniYARNCluster cluster = new MiniYARNCluster("light-yarn", 1, 1, 1);
        YarnConfiguration configuration = new YarnConfiguration();
        yarnSite.forEach(configuration::set);
        cluster.init(configuration);
        cluster.start();
        return new LightYarn(yarnSite, cluster);
    }

    /** Writes what a client of this YARN needs. */
    Path writeHadoopConf(Path dir) throws IOException {
        return HadoopConf.write(dir, Map.of(), yarnSite);
    }

    URI web() {
        return URI.create("http://" + yarnSite.get(YarnConfiguration.RM_WEBAPP_ADDRESS));
    }

    /** What {@code user} does as a client of this YARN. */
    <T> T as(String user, ClientAction<T> action) throws Exception {
        PrivilegedExceptionAction<T> connected = () -> {
            YarnConfiguration configuration = new YarnConfiguration();
            yarnSite.forEach(configuration::set);
            try (YarnClient client = YarnClient.createYarnClient()) {
                client.init(configuration);
                client.start();
                return action.run(client);
            }
        };
        return UserGroupInformation.createRemoteUser(user).doAs(connected);
    }

    /** Something that a client does. */
    interface ClientAction<T> {
        T run(YarnClient client) throws Exception;
    }

    /** What lets the master of an application register: YARN gives it to the master's container. */
    Token<AMRMTokenIdentifier> masterToken(ApplicationId id) {
        RMApp application =
                cluster.getResourceManager().getRMContext().getRMApps().get(id);
        return Objects.requireNonNull(application).getCurrentAppAttempt().getAMRMToken();
    }

    @Override
    public void close() {
        cluster.stop();
    }

    private static Map<String, String> yarnSite() throws IOException {
        List<Integer> ports = freePorts(5);
        Map<String, String> site = new HashMap<>();
        // Fixed ports: with ephemeral ones, the tracking URL of an application has port 0.
        site.put("yarn.minicluster.fixed.ports", "true");
        site.put(YarnConfiguration.RM_HOSTNAME, HOST);
        site.put(YarnConfiguration.RM_ADDRESS, HOST + ":" + ports.get(0));
        site.put(YarnConfiguration.RM_SCHEDULER_ADDRESS, HOST + ":" + ports.get(1));
        site.put(YarnConfiguration.RM_RESOURCE_TRACKER_ADDRESS, HOST + ":" + ports.get(2));
        site.put(YarnConfiguration.RM_ADMIN_ADDRESS, HOST + ":" + ports.get(3));
        site.put(YarnConfiguration.RM_WEBAPP_ADDRESS, HOST + ":" + ports.get(4));
        site.put("yarn.minicluster.yarn.nodemanager.resource.memory-mb", "4096");
        site.put("yarn.nodemanager.vmem-check-enabled", "false");
        site.put("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99.5");
        site.put("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "100");
        site.put("yarn.scheduler.minimum-allocation-mb", "64");
        site.put("yarn.scheduler.capacity.root.queues", "default");
        site.put("yarn.scheduler.capacity.root.default.capacity", "100");
        site.put("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
        site.put(YarnConfiguration.YARN_ACL_ENABLE, "true");
        site.put(YarnConfiguration.YARN_ADMIN_ACL, "nobody");
        site.put("yarn.scheduler.capacity.root.acl_administer_queue", "nobody");
        site.put("yarn.scheduler.capacity.root.default.acl_administer_queue", "nobody");
        return site;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
