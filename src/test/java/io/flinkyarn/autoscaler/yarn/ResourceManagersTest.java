package io.flinkyarn.autoscaler.yarn;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.it.HadoopConf;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceManagersTest {

    @TempDir
    private Path dir;

    @Test
    void oneIsWhereItsHostNameSays() throws Exception {
        assertThat(read(Map.of("yarn.resourcemanager.hostname", "rm")))
                .extracting(ResourceManagers::calls, ResourceManagers::pages)
                .containsExactly(List.of("rm:8032"), List.of(URI.create("http://rm:8088/")));
    }

    @Test
    void severalAreToldInTheirOrder() throws Exception {
        ResourceManagers managers = read(Map.of(
                "yarn.resourcemanager.ha.enabled", "true",
                "yarn.resourcemanager.ha.rm-ids", "b,a",
                "yarn.resourcemanager.hostname.b", "rm2",
                "yarn.resourcemanager.hostname.a", "rm1",
                "yarn.resourcemanager.webapp.https.address.a", "rm1:9443",
                "yarn.http.policy", "HTTPS_ONLY"));
        assertThat(managers.calls()).containsExactlyInAnyOrder("rm2:8032", "rm1:8032");
        assertThat(managers.pages())
                .containsExactlyInAnyOrder(URI.create("https://rm2:8090/"), URI.create("https://rm1:9443/"));
    }

    private ResourceManagers read(Map<String, String> yarnSite) throws Exception {
        return ResourceManagers.read(HadoopConf.write(dir, Map.of(), yarnSite), Optional.empty());
    }
}
