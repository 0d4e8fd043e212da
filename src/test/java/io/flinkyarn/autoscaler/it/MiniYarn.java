package io.flinkyarn.autoscaler.it;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.ApplicationSubmissionContext;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.exceptions.YarnException;

/**
 * A YARN in this JVM: one ResourceManager with its web proxy and two NodeManagers, on free ports of the local host. Its
 * containers are real processes. Any thread may use it.
 *
 * <p>When it is closed, and also when the JVM ends in any way but a kill, no container is left. The services themselves
 * run until the JVM ends, since stopping them takes up to 40 s once a Flink application has run.
 */
public final class MiniYarn implements AutoCloseable {

    private static final int NODE_MANAGERS = 2;

    private final YarnClient client;
    private final Path hadoopConfDir;
    private final YarnServices services;
    private final ContainerProcesses containers = new ContainerProcesses();
    private final AtExit atExit = new AtExit("end-yarn-containers", this::endContainers);

    private MiniYarn(YarnClient client, Path hadoopConfDir, YarnServices services) {
        this.client = client;
        this.hadoopConfDir = hadoopConfDir;
        this.services = services;
    }

    /**
     * Starts it and waits until both NodeManagers are there.
     *
     * @param folder where it keeps its files, among them {@link #hadoopConfDir()}
     * @param rig the Flink whose Hadoop client the containers get on their class path
     */
    public static MiniYarn start(Path folder, FlinkRig rig) throws IOException {
        return start(folder, rig, Map.of(), Map.of());
    }

    /**
     * The same, of a secure cluster for instance.
     *
     * @param common what services and clients have in {@code core-site.xml} beside what fits a test
     * @param settings likewise in {@code yarn-site.xml}
     */
    static MiniYarn start(Path folder, FlinkRig rig, Map<String, String> common, Map<String, String> settings)
            throws IOException {
        Path conf = conf(folder);
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(classPath(conf, rig));
        return connect(YarnServices.start(folder, NODE_MANAGERS, common, all), conf);
    }

    /** The same with two ResourceManagers. */
    static MiniYarn startPair(Path folder, FlinkRig rig) throws IOException {
        Path conf = conf(folder);
        return connect(YarnServices.startPair(folder, NODE_MANAGERS, classPath(conf, rig)), conf);
    }

    private static MiniYarn connect(YarnServices services, Path conf) throws IOException {
        services.writeHadoopConf(conf);
        return new MiniYarn(services.connect(), conf, services);
    }

    private static Path conf(Path folder) {
        return folder.toAbsolutePath().resolve("hadoop-conf");
    }

    /** How the containers find the ResourceManager and the classes to talk to it. */
    private static Map<String, String> classPath(Path conf, FlinkRig rig) {
        return Map.of("yarn.application.classpath", conf + "," + rig.hadoop().resolve("*"));
    }

    /** For {@code HADOOP_CONF_DIR}: what a client of this YARN needs. */
    public Path hadoopConfDir() {
        return hadoopConfDir;
    }

    /** The ResourceManager's pages. */
    public URI web() {
        return services.web();
    }

    YarnServices services() {
        return services;
    }

    public ApplicationReport report(ApplicationId id) throws IOException {
        try {
            return client.getApplicationReport(id);
        } catch (YarnException e) {
            throw new IOException("no report of " + id, e);
        }
    }

    /** Starts an application that does nothing but hold one container, until it is {@link #kill killed}; returns when it holds it. */
    ApplicationId occupy(String queue, int memoryMb) throws IOException {
        try {
            ApplicationSubmissionContext context = client.createApplication().getApplicationSubmissionContext();
            context.setApplicationName("occupier");
            context.setQueue(queue);
            context.setResource(Resource.newInstance(memoryMb, 1));
            context.setAMContainerSpec(ContainerLaunchContext.newInstance(
                    Map.of(), Map.of(), List.of("sleep 600"), Map.of(), null, Map.of()));
            ApplicationId id = client.submitApplication(context);
            Await.until(
                    id + " holds its container",
                    Duration.ofMinutes(1),
                    () -> report(id).getApplicationResourceUsageReport().getNumUsedContainers() == 1);
            return id;
        } catch (YarnException e) {
            throw new IOException("cannot occupy room in queue " + queue, e);
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
}
