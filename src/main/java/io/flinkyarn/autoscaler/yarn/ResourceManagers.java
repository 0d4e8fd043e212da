package io.flinkyarn.autoscaler.yarn;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.yarn.conf.HAUtil;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/**
 * Where a cluster's configuration says that its ResourceManagers are, in the order in which it names them. For people who look for what is wrong; the listing
 * leaves it to Hadoop's client.
 *
 * @param calls addresses of their protocol, host:port
 * @param pages of their web applications
 */
public record ResourceManagers(List<String> calls, List<URI> pages) {

    private static final Duration ANY = Duration.ofSeconds(30);

    public ResourceManagers {
        calls = List.copyOf(calls);
        pages = List.copyOf(pages);
    }

    /**
     * @param login as whom we log in, if the cluster wants that
     * @throws HadoopConfDirException if the configuration cannot be used
     */
    public static ResourceManagers read(Path hadoopConfDir, Optional<KerberosAccount> login)
            throws HadoopConfDirException {
        return of(HadoopConfDir.read(hadoopConfDir, ANY, login));
    }

    static ResourceManagers of(YarnConfiguration configuration) {
        List<Optional<String>> ids = HAUtil.isHAEnabled(configuration)
                ? HAUtil.getRMHAIds(configuration).stream().map(Optional::of).toList()
                : List.of(Optional.empty());
        boolean https = YarnConfiguration.useHttps(configuration);
        String page = https ? YarnConfiguration.RM_WEBAPP_HTTPS_ADDRESS : YarnConfiguration.RM_WEBAPP_ADDRESS;
        int pagePort =
                https ? YarnConfiguration.DEFAULT_RM_WEBAPP_HTTPS_PORT : YarnConfiguration.DEFAULT_RM_WEBAPP_PORT;
        return new ResourceManagers(
                ids.stream()
                        .map(id -> address(
                                configuration, YarnConfiguration.RM_ADDRESS, id, YarnConfiguration.DEFAULT_RM_PORT))
                        .toList(),
                ids.stream()
                        .map(id -> URI.create(
                                (https ? "https://" : "http://") + address(configuration, page, id, pagePort) + "/"))
                        .toList());
    }

    private static String address(YarnConfiguration configuration, String key, Optional<String> id, int port) {
        if (id.isEmpty()) {
            return configuration.get(key);
        }
        String host = configuration.get(HAUtil.addSuffix(YarnConfiguration.RM_HOSTNAME, id.get()), id.get());
        return configuration.get(HAUtil.addSuffix(key, id.get()), host + ":" + port);
    }
}
