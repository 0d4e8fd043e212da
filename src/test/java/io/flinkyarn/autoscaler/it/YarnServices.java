package io.flinkyarn.autoscaler.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * The services of a YARN in this JVM: one ResourceManager with its web proxy or a {@link ResourceManagerPair}, and NodeManagers, on free ports of the
 * local host. Any thread may use it. They run until {@link #cluster()} is stopped or the JVM ends.
 *
 * @param coreSite what clients need of {@code core-site.xml}
 * @param yarnSite what services and clients have in {@code yarn-site.xml}
 */
public record YarnServices(MiniYARNCluster cluster, Map<String, String> coreSite, Map<String, String> yarnSite) {

    private static final String HOST = "localhost";
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    /**
     * Starts them and waits until all NodeManagers are there.
     *
     * @param folder where they keep their files
     * @param settings what they have in {@code yarn-site.xml} beside the addresses and limits that fit a test
     */
    public static YarnServices start(Path folder, int nodeManagers, Map<String, String> settings) throws IOException {
        return start(folder, nodeManagers, Map.of(), settings);
    }

    /**
     * The same with settings in {@code core-site.xml}, those of a secure cluster for instance.
     *
     * @param common what they have there beside what fits a test
     */
    static YarnServices start(Path folder, int nodeManagers, Map<String, String> common, Map<String, String> settings)
            throws IOException {
        Map<String, String> yarnSite = localSite();
        addresses(yarnSite, "");
        yarnSite.putAll(settings);
        // Without pages of the NodeManagers: within one JVM they would take the place of the ResourceManager's.
        return start(folder, common, yarnSite, new MiniYARNCluster("yarn", nodeManagers, 1, 1, false));
    }

    /**
     * Starts two ResourceManagers, of which the first is active, and waits until all NodeManagers are there.
     *
     * @param folder as in {@link #start}; it also holds the state that both have
     * @param settings as in {@link #start}
     */
    static YarnServices startPair(Path folder, int nodeManagers, Map<String, String> settings) throws IOException {
        Map<String, String> yarnSite = localSite();
        ResourceManagerPair.IDS.forEach(id -> addresses(yarnSite, "." + id));
        yarnSite.putAll(ResourceManagerPair.settings(folder));
        yarnSite.putAll(settings);
        return start(
                folder,
                Map.of(),
                yarnSite,
                new MiniYARNCluster("yarn", ResourceManagerPair.IDS.size(), nodeManagers, 1, 1));
    }

    private static YarnServices start(
            Path folder, Map<String, String> common, Map<String, String> yarnSite, MiniYARNCluster cluster)
            throws IOException {
        Path home = Files.createDirectories(folder.toAbsolutePath());
        // Where MiniYARNCluster puts the directories of the NodeManagers.
        System.setProperty("test.build.data", home.toString());
        Map<String, String> coreSite = new HashMap<>(common);
        coreSite.put("fs.defaultFS", "file:///");
        coreSite.put("hadoop.tmp.dir", home.resolve("tmp").toString());
        YarnServices services = new YarnServices(cluster, Map.copyOf(coreSite), Map.copyOf(yarnSite));
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

    /** The ResourceManager's pages; of two, those of the first. */
    public URI web() {
        String first = YarnConfiguration.RM_WEBAPP_ADDRESS + "." + ResourceManagerPair.IDS.get(0);
        return URI.create("http://" + yarnSite.getOrDefault(YarnConfiguration.RM_WEBAPP_ADDRESS, yarnSite.get(first)));
    }

    private YarnConfiguration configuration() {
        YarnConfiguration configuration = new YarnConfiguration();
        coreSite.forEach(configuration::set);
        yarnSite.forEach(configuration::set);
        return configuration;
    }

    /** @param suffix of the keys: that of one of several ResourceManagers, or empty */
    private static void addresses(Map<String, String> site, String suffix) {
        List<Integer> ports = freePorts(5);
        site.put(YarnConfiguration.RM_HOSTNAME + suffix, HOST);
        site.put(YarnConfiguration.RM_ADDRESS + suffix, HOST + ":" + ports.get(0));
        site.put(YarnConfiguration.RM_SCHEDULER_ADDRESS + suffix, HOST + ":" + ports.get(1));
        site.put(YarnConfiguration.RM_RESOURCE_TRACKER_ADDRESS + suffix, HOST + ":" + ports.get(2));
        site.put(YarnConfiguration.RM_ADMIN_ADDRESS + suffix, HOST + ":" + ports.get(3));
        site.put(YarnConfiguration.RM_WEBAPP_ADDRESS + suffix, HOST + ":" + ports.get(4));
    }

    private static Map<String, String> localSite() {
        Map<String, String> site = new HashMap<>();
        // Fixed ports: with ephemeral ones, the tracking URL of an application has port 0.
        site.put("yarn.minicluster.fixed.ports", "true");
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

    /** Below those that the system gives to connections: a standby opens its ports only when it becomes active. */
    private static List<Integer> freePorts(int count) {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(20_000, 32_000))
                .filter(port -> isFree(port) && GIVEN.add(port))
                .limit(count)
                .boxed()
                .toList();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
