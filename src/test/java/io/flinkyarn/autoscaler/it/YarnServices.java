package io.flinkyarn.autoscaler.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * The services of a YARN in this JVM: one ResourceManager with its web proxy, and NodeManagers, on free ports of the
 * local host. Any thread may use it. They run until {@link #cluster()} is stopped or the JVM ends.
 *
 * @param coreSite what clients need of {@code core-site.xml}
 * @param yarnSite what services and clients have in {@code yarn-site.xml}
 */
public record YarnServices(MiniYARNCluster cluster, Map<String, String> coreSite, Map<String, String> yarnSite) {

    private static final String HOST = "localhost";

    /**
     * Starts them and waits until all NodeManagers are there.
     *
     * @param folder where they keep their files
     * @param settings what they have in {@code yarn-site.xml} beside the addresses and limits that fit a test
     */
    public static YarnServices start(Path folder, int nodeManagers, Map<String, String> settings) throws IOException {
        Path home = Files.createDirectories(folder.toAbsolutePath());
        // Where MiniYARNCluster puts the directories of the NodeManagers.
        System.setProperty("test.build.data", home.toString());
        Map<String, String> coreSite = Map.of(
                "fs.defaultFS",
                "file:///",
                "hadoop.tmp.dir",
                home.resolve("tmp").toString());
        Map<String, String> yarnSite = localSite();
        yarnSite.putAll(settings);
        // Without pages of the NodeManagers: within one JVM they would take the place of the ResourceManager's.
        MiniYARNCluster cluster = new MiniYARNCluster("yarn", nodeManagers, 1, 1, false);
        YarnServices services = new YarnServices(cluster, coreSite, Map.copyOf(yarnSite));
        cluster.init(services.configuration());
        cluster.start();
        return services;
    }

    /** A started client, of the current user. */
    public YarnClient connect() {
        YarnClient client = YarnClient.createYarnClient();
        client.init(configuration());
        client.start();
        return client;
    }

    /** Writes what a client of this YARN needs. */
    public Path writeHadoopConf(Path dir) throws IOException {
        return HadoopConf.write(dir, coreSite, yarnSite);
    }

    /** The ResourceManager's pages. */
    public URI web() {
        return URI.create("http://" + yarnSite.get(YarnConfiguration.RM_WEBAPP_ADDRESS));
    }

    private YarnConfiguration configuration() {
        YarnConfiguration configuration = new YarnConfiguration();
        coreSite.forEach(configuration::set);
        yarnSite.forEach(configuration::set);
        return configuration;
    }

    private static Map<String, String> localSite() throws IOException {
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
        site.put("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "200");

        site.put("yarn.minicluster.yarn.nodemanager.resource.memory-mb", "4096");
        site.put("yarn.nodemanager.resource.cpu-vcores", "16");
        site.put("yarn.nodemanager.vmem-check-enabled", "false");
        site.put("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99.5");
        site.put("yarn.scheduler.minimum-allocation-mb", "64");
        site.put("yarn.scheduler.capacity.root.queues", "default");
        site.put("yarn.scheduler.capacity.root.default.capacity", "100");
        site.put("yarn.scheduler.capacity.maximum-am-resource-percent", "0.9");
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
