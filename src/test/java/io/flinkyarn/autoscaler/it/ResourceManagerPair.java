package io.flinkyarn.autoscaler.it;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.ha.HAServiceProtocol.RequestSource;
import org.apache.hadoop.ha.HAServiceProtocol.StateChangeRequestInfo;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;
import org.apache.hadoop.yarn.server.resourcemanager.recovery.FileSystemRMStateStore;

/**
 * The two ResourceManagers of {@link YarnServices} that were started as a pair, and what can happen to them. They share their state in a folder, and
 * nobody but a test decides which of them is active. For one thread.
 */
final class ResourceManagerPair {

    static final List<String> IDS = List.of("rm0", "rm1");

    private static final StateChangeRequestInfo BY_HAND =
            new StateChangeRequestInfo(RequestSource.REQUEST_BY_USER_FORCED);

    /** NodeManagers and masters notice a failover soon. What the daemon is told must be without: it has a patience of its own. */
    private static final Map<String, String> QUICK = Map.of(
            YarnConfiguration.CLIENT_FAILOVER_SLEEPTIME_BASE_MS, "200",
            YarnConfiguration.CLIENT_FAILOVER_SLEEPTIME_MAX_MS, "500",
            YarnConfiguration.RESOURCEMANAGER_CONNECT_RETRY_INTERVAL_MS, "500");

    private final YarnServices services;
    private int active;

    ResourceManagerPair(YarnServices services) {
        this.services = services;
    }

    /** What they, the NodeManagers and the masters have in {@code yarn-site.xml}. */
    static Map<String, String> settings(Path folder) {
        Map<String, String> site = new HashMap<>(QUICK);
        site.put(YarnConfiguration.RM_HA_ENABLED, "true");
        site.put(YarnConfiguration.RM_HA_IDS, String.join(",", IDS));
        site.put(YarnConfiguration.AUTO_FAILOVER_ENABLED, "false");
        site.put(YarnConfiguration.RM_CLUSTER_ID, "yarn");
        site.put(YarnConfiguration.RECOVERY_ENABLED, "true");
        site.put(YarnConfiguration.RM_STORE, FileSystemRMStateStore.class.getName());
        site.put(
                YarnConfiguration.FS_RM_STATE_STORE_URI,
                folder.toAbsolutePath().resolve("state").toUri().toString());
        site.put(YarnConfiguration.RM_WORK_PRESERVING_RECOVERY_SCHEDULING_WAIT_MS, "500");
        // Otherwise the NodeManagers of this JVM call the first ResourceManager without a connection, and stay with it.
        site.put("yarn.minicluster.use-rpc", "true");
        return site;
    }

    /** Writes what a daemon has for {@code HADOOP_CONF_DIR}. */
    Path writeHadoopConf(Path dir) throws IOException {
        Map<String, String> site = new HashMap<>(services.yarnSite());
        site.keySet().removeAll(QUICK.keySet());
        return HadoopConf.write(dir, services.coreSite(), site);
    }

    /** The pages of the active one. */
    URI web() {
        String address = YarnConfiguration.RM_WEBAPP_ADDRESS + "." + IDS.get(active);
        return URI.create("http://" + services.yarnSite().get(address));
    }

    /** The other one becomes active, and this one a standby that goes on to serve its proxy. */
    void failOver() throws IOException {
        deactivate();
        activateOther();
    }

    /** The active one is lost with its proxy, as if its host were gone; the other one becomes active. There is no way back. */
    void lose() throws IOException {
        ResourceManager lost = resourceManager(active);
        Thread end = new Thread(lost::stop, "stop-" + IDS.get(active));
        end.setDaemon(true);
        end.start();
        activateOther();
    }

    /** From now on none is active. */
    void deactivate() throws IOException {
        resourceManager(active).getRMContext().getRMAdminService().transitionToStandby(BY_HAND);
    }

    /** Makes that one active which was not so last. */
    void activateOther() throws IOException {
        active = 1 - active;
        resourceManager(active).getRMContext().getRMAdminService().transitionToActive(BY_HAND);
    }

    private ResourceManager resourceManager(int index) {
        return services.cluster().getResourceManager(index);
    }
}
