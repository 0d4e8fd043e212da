package io.flinkyarn.autoscaler.yarn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flinkyarn.autoscaler.it.HadoopConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopConfDirTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final Optional<KerberosAccount> LOGIN =
            Optional.of(new KerberosAccount("autoscaler@EXAMPLE.COM", Path.of("autoscaler.keytab")));

    @TempDir
    Path dir;

    @Test
    void takesWhatTheFilesSayAndTheDefaultsOfHadoop() throws Exception {
        HadoopConf.write(
                dir, Map.of("hadoop.tmp.dir", "/elsewhere"), Map.of("yarn.resourcemanager.hostname", "rm.example"));
        YarnConfiguration configuration = read(dir);
        assertThat(configuration.get("hadoop.tmp.dir")).isEqualTo("/elsewhere");
        assertThat(configuration.get(YarnConfiguration.RM_ADDRESS)).isEqualTo("rm.example:8032");
    }

    @Test
    void coreSiteMayBeMissing() throws Exception {
        HadoopConf.write(dir, Map.of(), Map.of("yarn.resourcemanager.hostname", "rm.example"));
        Files.delete(dir.resolve("core-site.xml"));
        assertThat(read(dir).get(YarnConfiguration.RM_ADDRESS)).isEqualTo("rm.example:8032");
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
        YarnConfiguration configuration = read(dir);
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
                .isThrownBy(() -> read(missing))
                .withMessageContainingAll(missing.toString(), "does not exist", "yarn-site.xml", "HADOOP_CONF_DIR");
    }

    @Test
    void aDirectoryWithoutYarnSiteIsNamedWithWhatWasExpected() {
        assertThatExceptionOfType(HadoopConfDirException.class)
                .isThrownBy(() -> read(dir))
                .withMessageContainingAll(dir.toString(), "no yarn-site.xml", "HADOOP_CONF_DIR");
    }

    @Test
    void aBrokenFileIsNamedInOneLine() throws IOException {
        Path file = Files.writeString(dir.resolve("yarn-site.xml"), "<configuration><property>");
        assertThatExceptionOfType(HadoopConfDirException.class)
                .isThrownBy(() -> read(dir))
                .withMessageContaining(file + " cannot be read as a Hadoop configuration")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("\n"));
    }

    @Test
    void aClusterThatWantsKerberosIsRefusedWithoutALogin() throws IOException {
        HadoopConf.write(dir, Map.of("hadoop.security.authentication", "kerberos"), Map.of());
        assertThatExceptionOfType(HadoopConfDirException.class)
                .isThrownBy(() -> read(dir))
                .withMessageContainingAll(
                        dir.toString(), "wants the login kerberos", "expected login.principal and login.keytab");
    }

    @Test
    void aSecureClusterHasToNameThePrincipalOfItsResourceManager() throws IOException {
        HadoopConf.write(dir, Map.of("hadoop.security.authentication", "Kerberos"), Map.of());
        assertThatExceptionOfType(HadoopConfDirException.class)
                .isThrownBy(() -> HadoopConfDir.read(dir, DEADLINE, LOGIN))
                .withMessageContaining("expected yarn.resourcemanager.principal in yarn-site.xml");
    }

    @Test
    void aLoginForAClusterThatWantsNoneIsAMistake() throws IOException {
        HadoopConf.write(dir, Map.of(), Map.of());
        assertThatExceptionOfType(HadoopConfDirException.class)
                .isThrownBy(() -> HadoopConfDir.read(dir, DEADLINE, LOGIN))
                .withMessageContainingAll("wants the login simple", "or no login.principal");
    }

    @Test
    void onlyAClusterWithoutKerberosMayGoWithoutIt() throws Exception {
        String fallback = "ipc.client.fallback-to-simple-auth-allowed";
        HadoopConf.write(dir, Map.of(), Map.of());
        YarnConfiguration simple = read(dir);
        HadoopConf.write(
                dir,
                Map.of("hadoop.security.authentication", "kerberos"),
                Map.of("yarn.resourcemanager.principal", "rm/_HOST@EXAMPLE.COM"));
        YarnConfiguration secure = HadoopConfDir.read(dir, DEADLINE, LOGIN);

        assertThat(simple.getBoolean(fallback, false)).isTrue();
        assertThat(secure.getBoolean(fallback, false)).isFalse();
        // By which Hadoop tells whether two clusters may share a client.
        assertThat(NetUtils.getDefaultSocketFactory(simple)).isNotEqualTo(NetUtils.getDefaultSocketFactory(secure));
    }

    private static YarnConfiguration read(Path dir) throws HadoopConfDirException {
        return HadoopConfDir.read(dir, DEADLINE, Optional.empty());
    }
}
