package io.flinkyarn.autoscaler.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.config.ClusterAccess.KeyStore;
import io.flinkyarn.autoscaler.config.ClusterAccess.Login;
import io.flinkyarn.autoscaler.config.ClusterAccess.Mode;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Password;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessReaderTest {

    @TempDir
    private Path dir;

    @Test
    void whatIsNotSaidIsTheProxyAndTheJvmsTrustAndNoLogin() throws IOException {
        assertThat(access("")).isEqualTo(ClusterAccess.DEFAULT);
    }

    @Test
    void everythingThatCanBeSaidOfAYarnClusterIsRead() throws IOException {
        assertThat(access("""
                    access:
                      mode: auto
                      base-url: https://gateway.example:8443/gateway/default/yarn/{path}
                    tls:
                      truststore.path: /etc/autoscaler/trust.p12
                      truststore.password-file: /etc/autoscaler/trust.password
                      keystore.path: /etc/autoscaler/own.jks
                      keystore.password-env-variable: OWN_PWD
                      keystore.password-credential-alias: own
                      password-credential-provider: localjceks://file/etc/autoscaler/p.jceks
                    login:
                      principal: autoscaler/_HOST@EXAMPLE.COM
                      keytab: /etc/security/keytabs/autoscaler.keytab
                """))
                .isEqualTo(new ClusterAccess(
                        Mode.AUTO,
                        Optional.of("https://gateway.example:8443/gateway/default/yarn/{path}"),
                        false,
                        Optional.of(new KeyStore(
                                Path.of("/etc/autoscaler/trust.p12"),
                                password(
                                        Optional.empty(),
                                        Optional.of(Path.of("/etc/autoscaler/trust.password")),
                                        Optional.empty()))),
                        Optional.of(new KeyStore(
                                Path.of("/etc/autoscaler/own.jks"),
                                password(Optional.of("OWN_PWD"), Optional.empty(), Optional.of("own")))),
                        Optional.of(new Login(
                                "autoscaler/_HOST@EXAMPLE.COM", Path.of("/etc/security/keytabs/autoscaler.keytab")))));
    }

    @Test
    void aFlinkClusterMaySpeakHttps() throws IOException {
        List<ProcessConfiguration.Cluster> clusters = valid("""
                clusters:
                  - name: sessions
                    host: flink.example.com
                    tls.enabled: true
                """).process().clusters();

        assertThat(clusters.get(0).access().https()).isTrue();
    }

    @Test
    void whatCannotWorkIsNamedWithWhatWasExpected() throws IOException {
        assertThat(problems("""
                clusters:
                  - name: one
                    hadoop-conf-dir: /etc/hadoop/one
                    access.base-url: https://gateway.example:8443/yarn
                    tls.truststore.password-file: /etc/p
                    tls.enabled: true
                    login.principal: autoscaler
                  - name: two
                    hadoop-conf-dir: /etc/hadoop/two
                    access: {mode: direct, base-url: 'https://gateway/{path}'}
                    login.keytab: /etc/k
                  - name: three
                    hadoop-conf-dir: /etc/hadoop/three
                    access.base-url: https://gateway.example:8443{path}
                  - name: four
                    host: jm
                    login.keytab: /etc/k
                """))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("clusters[0].access.base-url = 'https://gateway.example:8443/yarn'")
                        .contains("/{path} or {application} in it"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("clusters[0].tls.truststore.password-file")
                        .contains("expected the file that it opens"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("clusters[0].tls.enabled")
                        .contains("only for the other kind of cluster"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("clusters[0].login.principal")
                        .contains("expected login.keytab"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("clusters[1].access.base-url")
                        .contains("where access.mode is DIRECT"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("clusters[1].login.keytab").contains("expected login.principal"))
                .anySatisfy(line -> assertThat(line).startsWith("clusters[2].access.base-url"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("clusters[3].login.keytab").contains("other kind of cluster"));
    }

    private static Password password(Optional<String> variable, Optional<Path> file, Optional<String> alias) {
        return new Password(
                variable,
                file,
                alias,
                Optional.of("localjceks://file/etc/autoscaler/p.jceks"),
                Optional.of(Path.of("/etc/hadoop/production")));
    }

    private ClusterAccess access(String more) throws IOException {
        return valid("""
                clusters:
                  - name: production
                    hadoop-conf-dir: /etc/hadoop/production
                """ + more).process().clusters().get(0).access();
    }

    private ConfigurationReading.Valid valid(String yaml) throws IOException {
        return (ConfigurationReading.Valid) read(yaml);
    }

    private List<String> problems(String yaml) throws IOException {
        return ((ConfigurationReading.Invalid) read(yaml))
                .problems().stream().map(Problem::message).toList();
    }

    private ConfigurationReading read(String yaml) throws IOException {
        Path file = Files.writeString(dir.resolve("autoscaler.yaml"), yaml);
        return ConfigurationReader.read(file, Map.of(), List.of(), ZoneOffset.UTC);
    }
}
