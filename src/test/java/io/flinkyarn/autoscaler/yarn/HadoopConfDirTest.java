package io.flinkyarn.autoscaler.yarn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flinkyarn.autoscaler.it.HadoopConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopConfDirTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir
    Path dir;

    @Test
    void takesWhatTheFilesSayAndTheDefaultsOfHadoop() throws Exception {
        HadoopConf.write(
                dir, Map.of("hadoop.tmp.dir", "/elsewhere"), Map.of("yarn.resourcemanager.hostname", "rm.example"));
        YarnConfiguration configuration = HadoopConfDir.read(dir, DEADLINE);
        assertThat(configuration.get("hadoop.tmp.dir")).isEqualTo("/elsewhere");
        assertThat(configuration.get(YarnConfiguration.RM_ADDRESS)).isEqualTo("rm.example:8032");
    }

    @Test
    void coreSiteMayBeMissing() throws Exception {
        HadoopConf.write(dir, Map.of(), Map.of("yarn.resourcemanager.hostname", "rm.example"));
        Files.delete(dir.resolve("core-site.xml"));
        assertThat(HadoopConfDir.read(dir, DEADLINE).get(YarnConfiguration.RM_ADDRESS))
                .isEqualTo("rm.example:8032");
    }

    @Test
    void ourPatienceCountsAndNotTheClusters() throws Exception {
        HadoopConf.write(
                dir,
                Map.of("ipc.client.connect.max.retries", "50", "ipc.client.rpc-timeout.ms", "0"),
                Map.of(
                        "yarn.resourcemanager.connect.max-wait.ms", "-1",
                        "yarn.client.failover-max-attempts", "500",
                        "yarn.timeline-service.enabled", "true"));
        YarnConfiguration configuration = HadoopConfDir.read(dir, DEADLINE);
        assertThat(configuration.getInt("ipc.client.connect.max.retries", -1)).isZero();
        assertThat(configuration.getInt("ipc.client.rpc-timeout.ms", -1)).isEqualTo(10_000);
        assertThat(configuration.getLong("yarn.resourcemanager.connect.max-wait.ms", -1))
                .isEqualTo(1_000);
        assertThat(configuration.getInt("yarn.client.failover-max-attempts", -1))
                .isEqualTo(6);
        assertThat(configuration.getBoolean("yarn.timeline-service.enabled", true))
                .isFalse();
    }

    @Test
    void aMissingDirectoryIsNamedWithWhatWasExpected() {
        Path missing = dir.resolve("nowhere");
        assertThatExceptionOfType(HadoopConfDirException.class)
                .isThrownBy(() -> HadoopConfDir.read(missing, DEADLINE))
                .withMessageContainingAll(missing.toString(), "does not exist", "yarn-site.xml", "HADOOP_CONF_DIR");
    }

    @Test
    void aDirectoryWithoutYarnSiteIsNamedWithWhatWasExpected() {
        assertThatExceptionOfType(HadoopConfDirException.class)
                .isThrownBy(() -> HadoopConfDir.read(dir, DEADLINE))
                .withMessageContainingAll(dir.toString(), "no yarn-site.xml", "HADOOP_CONF_DIR");
    }

    @Test
    void aBrokenFileIsNamedInOneLine() throws IOException {
        Path file = Files.writeString(dir.resolve("yarn-site.xml"), "<configuration><property>");
        assertThatExceptionOfType(HadoopConfDirException.class)
                .isThrownBy(() -> HadoopConfDir.read(dir, DEADLINE))
                .withMessageContaining(file + " cannot be read as a Hadoop configuration")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("\n"));
    }

    @Test
    void aClusterThatWantsKerberosIsRefusedAtOnce() throws IOException {
        HadoopConf.write(dir, Map.of("hadoop.security.authentication", "kerberos"), Map.of());
        assertThatExceptionOfType(HadoopConfDirException.class)
                .isThrownBy(() -> HadoopConfDir.read(dir, DEADLINE))
                .withMessageContainingAll(dir.toString(), "kerberos", "expected simple");
    }
}
