package io.flinkyarn.autoscaler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flinkyarn.autoscaler.config.ProcessConfiguration.Password;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordsTest {

    @TempDir
    private Path directory;

    private Optional<String> find(Optional<Path> file, Optional<String> alias, Optional<String> providers)
            throws Refusal {
        return find(file, alias, providers, Map.of());
    }

    private Optional<String> find(
            Optional<Path> file, Optional<String> alias, Optional<String> providers, Map<String, String> environment)
            throws Refusal {
        return Passwords.find(
                new Password(Optional.of("PWD_OF_DB"), file, alias, providers, Optional.of(directory)), environment);
    }

    private Path file(String text, String permissions) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private String keystore(String alias, String password) throws Exception {
        String path = "localjceks://file" + directory.resolve("passwords.jceks");
        Configuration configuration = new Configuration(false);
        configuration.set(CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH, path);
        CredentialProvider provider =
                CredentialProviderFactory.getProviders(configuration).get(0);
        provider.createCredentialEntry(alias, password.toCharArray());
        provider.flush();
        return path;
    }

    @Test
    void thereNeedBeNone() throws Exception {
        assertThat(find(Optional.empty(), Optional.empty(), Optional.empty())).isEmpty();
    }

    @Test
    void theEnvironmentWinsOverTheFileAndTheFileOverTheAlias() throws Exception {
        Optional<Path> file = Optional.of(file("of the file\n", "rw-r-----"));
        Optional<String> alias = Optional.of("autoscaler");
        Optional<String> providers = Optional.of(keystore("autoscaler", "of the alias"));
        assertThat(find(file, alias, providers, Map.of("PWD_OF_DB", "of the environment")))
                .contains("of the environment");
        assertThat(find(file, alias, providers)).contains("of the file");
        assertThat(find(Optional.empty(), alias, providers)).contains("of the alias");
    }

    @Test
    void theProviderMayBeNamedByCoreSite() throws Exception {
        Files.writeString(
                directory.resolve("core-site.xml"),
                "<configuration><property><name>hadoop.security.credential.provider.path</name><value>"
                        + keystore("autoscaler", "of the alias") + "</value></property></configuration>");
        assertThat(find(Optional.empty(), Optional.of("autoscaler"), Optional.empty()))
                .contains("of the alias");
    }

    @Test
    void aFileThatEverybodyMayReadIsRefused() throws Exception {
        assertRefused(
                Optional.of(file("s3cr3t", "rw-r--r--")),
                Optional.empty(),
                Optional.empty(),
                "every user of this host may read it");
    }

    @Test
    void aFileThatHoldsSomethingElseIsRefused() throws Exception {
        assertRefused(
                Optional.of(file("s3cr3t\ns3cr3t\n", "rw-------")),
                Optional.empty(),
                Optional.empty(),
                "expected one line");
        assertRefused(Optional.of(file("\n", "rw-------")), Optional.empty(), Optional.empty(), "expected one line");
    }

    @Test
    void aPlaceThatIsMissingIsRefusedAndNoOtherTried() throws Exception {
        Optional<String> providers = Optional.of(keystore("another", "s3cr3t"));
        assertRefused(
                Optional.of(directory.resolve("nowhere")), Optional.of("another"), providers, "it cannot be read");
        assertRefused(
                Optional.empty(), Optional.of("autoscaler"), providers, "has no password for the alias 'autoscaler'");
        assertRefused(Optional.empty(), Optional.of("autoscaler"), Optional.empty(), "no credential provider is known");
    }

    @Test
    void aProviderThatCannotBeReadIsRefused() throws Exception {
        Path broken = Files.writeString(directory.resolve("broken.jceks"), "s3cr3t");
        assertRefused(
                Optional.empty(),
                Optional.of("autoscaler"),
                Optional.of("localjceks://file" + broken),
                "cannot be read");
        assertRefused(Optional.empty(), Optional.of("autoscaler"), Optional.of("nonsense://x"), "nonsense");
        assertRefused(Optional.empty(), Optional.of("autoscaler"), Optional.of("jceks://hdfs@nn/x"), "HDFS");
    }

    private void assertRefused(Optional<Path> file, Optional<String> alias, Optional<String> providers, String why) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> find(file, alias, providers))
                .withMessageContaining(why)
                .withMessageNotContaining("s3cr3t")
                .satisfies(refusal -> assertThat(refusal.lines()).hasSize(1))
                .satisfies(refusal ->
                        assertThat(String.valueOf(refusal.getMessage()).lines()).hasSize(1))
                .satisfies(refusal -> assertThat(refusal.exitCode()).isEqualTo(Refusal.MISUSED));
    }
}
