package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.it.YarnServices;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.token.Token;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.security.AMRMTokenIdentifier;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.RMApp;

/**
 * A real YARN in this JVM, one ResourceManager with its web proxy and one NodeManager, for {@link LightApplication}s. Unless told otherwise it
 * has access control, so that who is not the owner does not see an application.
 */
public final class LightYarn implements AutoCloseable {

    private final YarnServices services;

    private LightYarn(YarnServices services) {
        this.services = services;
    }

    /** @param folder where it keeps its files */
    static LightYarn start(Path folder) throws IOException {
        return start(
                folder,
                Map.of(
                        YarnConfiguration.YARN_ACL_ENABLE,
                        "true",
                        YarnConfiguration.YARN_ADMIN_ACL,
                        "nobody",
                        "yarn.scheduler.capacity.root.acl_administer_queue",
                        "nobody",
                        "yarn.scheduler.capacity.root.default.acl_administer_queue",
                        "nobody"));
    }

    /**
     * @param folder where it keeps its files
     * @param settings beside those that fit a test
     */
    public static LightYarn start(Path folder, Map<String, String> settings) throws IOException {
        return new LightYarn(YarnServices.start(folder, 1, settings));
    }

    /** Writes what a client of this YARN needs. */
    public Path writeHadoopConf(Path dir) throws IOException {
        return services.writeHadoopConf(dir);
    }

    URI web() {
        return services.web();
    }

    /** What {@code user} does as a client of this YARN. */
    <T> T as(String user, ClientAction<T> action) throws Exception {
        PrivilegedExceptionAction<T> connected = () -> {
            try (YarnClient client = services.connect()) {
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
        RMApp application = services.cluster()
                .getResourceManager()
                .getRMContext()
                .getRMApps()
                .get(id);
        return Objects.requireNonNull(application).getCurrentAppAttempt().getAMRMToken();
    }

    @Override
    public void close() {
        services.cluster().stop();
    }
}
