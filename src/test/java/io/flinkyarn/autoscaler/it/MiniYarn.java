package io.flinkyarn.autoscaler.it;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * A YARN in this JVM: one ResourceManager with its web proxy and two NodeManagers, on free ports of the local host. Its
 * containers are real processes. Any thread may use it.
 *
 * <p>When it is closed, and also when the JVM ends in any way but a kill, no container is left. The services themselves
 * run until the JVM ends, since stopping them takes up to 40 s once a Flink application has run.
 */
public final class MiniYarn implements AutoCloseable {

    private static final int NODE_MANAGERS = 2;
    private static final String HOST = "localhost";

    private final YarnClient client;
    private final Path hadoopConfDir;
    private final URI web;
    private final ContainerProcesses containers = new ContainerProcesses();
    private final AtExit atExit = new AtExit("end-yarn-containers", this::endContainers);

    private MiniYarn(YarnClient client, Path hadoopConfDir, URI web) {
        this.client = client;
        this.hadoopConfDir = hadoopConfDir;
        this.web = web;
    }

    /**
     * Starts it and waits until both NodeManagers are there.
     *
     * @param folder where it keeps its files, among them {@link #hadoopConfDir()}
     * @param rig the Flink whose Hadoop client the containers get on their class path
     */
    public static MiniYarn start(Path folder, FlinkRig rig) throws IOException {
        Path home = Files.createDirectories(folder.toAbsolutePath());
        Path conf = Files.createDirectories(home.resolve("hadoop-conf"));
        // Where MiniYARNCluster puts the directories of the NodeManagers.
        System.setProperty("test.build.data", home.toString());

        Map<String, String> yarnSite = yarnSite(conf, rig);
        Map<String, String> coreSite = Map.of(
                "fs.defaultFS",
                "file:///",
                "hadoop.tmp.dir",
                home.resolve("tmp").toString());
        write(coreSite, conf.resolve("core-site.xml"));
        write(yarnSite, conf.resolve("yarn-site.xml"));

        YarnConfiguration settings = new YarnConfiguration();
        coreSite.forEach(settings::set);
        yarnSite.forEach(settings::set);
        // Without pages of the NodeManagers: within one JVM they would take the place of the ResourceManager's.
        @SuppressWarnings("resource") // runs until the JVM ends
        MiniYARNCluster cluster = new MiniYARNCluster("yarn", NODE_MANAGERS, 1, 1, false);
        cluster.init(settings);
        cluster.start();

        YarnClient client = YarnClient.createYarnClient();
        client.init(settings);
        client.start();
        return new MiniYarn(client, conf, URI.create("http://" + yarnSite.get("yarn.resourcemanager.webapp.address")));
    }

    /** For {@code HADOOP_CONF_DIR}: what a client of this YARN needs. */
    public Path hadoopConfDir() {
        return hadoopConfDir;
    }

    /** The ResourceManager's pages. */
    public URI web() {
        return web;
    }

    public ApplicationReport report(ApplicationId id) throws IOException {
        try {
            return client.getApplicationReport(id);
        } catch (YarnException e) {
            throw new IOException("no report of " + id, e);
        }
    }

    void kill(ApplicationId id) throws IOException {
        try {
            client.killApplication(id);
        } catch (YarnException e) {
            throw new IOException("cannot kill " + id, e);
        }
    }

    @Override
    public void close() {
        endContainers();
        client.stop();
        atExit.close();
    }

    /**
     * Asks YARN first, as then no container is started in place of one that died; what is left after that is killed.
     */
    private void endContainers() {
        containers.look();
        try {
            for (ApplicationReport report :
                    client.getApplications(EnumSet.of(YarnApplicationState.ACCEPTED, YarnApplicationState.RUNNING))) {
                client.killApplication(report.getApplicationId());
            }
        } catch (IOException | YarnException | RuntimeException e) {
            System.err.println("MiniYarn: cannot kill the applications by YARN, their processes are killed: " + e);
        }
        containers.end(Duration.ofSeconds(3));
    }

    private static Map<String, String> yarnSite(Path conf, FlinkRig rig) throws IOException {
        List<Integer> ports = freePorts(5);
        Map<String, String> site = new HashMap<>();
        // Fixed ports: with ephemeral ones, the tracking URL of an application has port 0.
        site.put("yarn.minicluster.fixed.ports", "true");
        site.put("yarn.resourcemanager.hostname", HOST);
        site.put("yarn.resourcemanager.address", HOST + ":" + ports.get(0));
        site.put("yarn.resourcemanager.scheduler.address", HOST + ":" + ports.get(1));
        site.put("yarn.resourcemanager.resource-tracker.address", HOST + ":" + ports.get(2));
        site.put("yarn.resourcemanager.admin.address", HOST + ":" + ports.get(3));
        site.put("yarn.resourcemanager.webapp.address", HOST + ":" + ports.get(4));
        site.put("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "200");

        site.put("yarn.minicluster.yarn.nodemanager.resource.memory-mb", "4096");
        site.put("yarn.nodemanager.resource.cpu-vcores", "16");
        site.put("yarn.nodemanager.vmem-check-enabled", "false");
        site.put("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99.5");
        site.put("yarn.scheduler.minimum-allocation-mb", "64");
        site.put("yarn.scheduler.capacity.root.queues", "default");
        site.put("yarn.scheduler.capacity.root.default.capacity", "100");
        site.put("yarn.scheduler.capacity.maximum-am-resource-percent", "0.9");

        // How the containers find the ResourceManager and the classes to talk to it.
        site.put("yarn.application.classpath", conf + "," + rig.hadoop().resolve("*"));
        return site;
    }

    private static void write(Map<String, String> settings, Path file) throws IOException {
        Configuration configuration = new Configuration(false);
        settings.forEach(configuration::set);
        try (OutputStream out = Files.newOutputStream(file)) {
            configuration.writeXml(out);
        }
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
