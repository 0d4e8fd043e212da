package io.flinkyarn.autoscaler.testing;

import io.flinkyarn.autoscaler.flink.Certificates.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Keys with certificates that they have signed themselves, made by the JDK's {@code keytool} in a folder; good for two days. */
public final class KeyPairs {

    /** Of every store. */
    public static final String PASSWORD = "s3cret-of-the-store";

    private final Path folder;

    private KeyPairs(Path folder) {
        this.folder = folder;
    }

    public static KeyPairs in(Path folder) {
        return new KeyPairs(folder);
    }

    /**
     * A new key; one that is there is used again.
     *
     * @param extension of the certificate, such as {@code SAN=dns:localhost}
     */
    public Store pair(String alias, String extension) throws IOException, InterruptedException {
        Path file = folder.resolve(alias + ".p12");
        if (!Files.exists(file)) {
            keytool(
                    file,
                    List.of("-genkeypair", "-keyalg", "EC", "-alias", alias, "-dname", "CN=" + alias),
                    List.of("-ext", extension, "-validity", "2"));
        }
        return new Store(file, Optional.of(PASSWORD));
    }

    /** A store of their certificates. */
    public Store trust(List<String> aliases) throws IOException, InterruptedException {
        Path trusted = folder.resolve("trust.p12");
        Files.deleteIfExists(trusted);
        for (String alias : aliases) {
            String certificate = folder.resolve(alias + ".crt").toString();
            keytool(
                    folder.resolve(alias + ".p12"),
                    List.of("-exportcert", "-alias", alias, "-file", certificate),
                    List.of());
            keytool(trusted, List.of("-importcert", "-noprompt", "-alias", alias, "-file", certificate), List.of());
        }
        return new Store(trusted, Optional.of(PASSWORD));
    }

    private void keytool(Path store, List<String> what, List<String> more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(what);
        command.addAll(more);
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        Path output = folder.resolve("keytool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed: " + Files.readString(output));
        }
    }
}
