package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.config.ProcessConfiguration.Password;
import java.nio.file.Path;
import java.util.Optional;

/**
 * By which way, and as whom, a cluster is reached. Made by {@link AccessReader}; read by the composition root.
 *
 * @param mode for the applications of a YARN cluster
 * @param baseUrl what stands in the place of the address that YARN reports, with placeholders
 * @param https whether a Flink cluster without YARN speaks HTTPS; YARN reports that by itself
 * @param truststore empty: whom the JVM trusts
 * @param keystore empty: we show no certificate
 * @param login empty: as the user of the process, without Kerberos
 */
public record ClusterAccess(
        Mode mode,
        Optional<String> baseUrl,
        boolean https,
        Optional<KeyStore> truststore,
        Optional<KeyStore> keystore,
        Optional<Login> login) {

    static final ClusterAccess DEFAULT = new ClusterAccess(
            Mode.PROXY, Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty());

    public enum Mode {
        /** Through the web proxy of YARN. */
        PROXY,
        /** At the address that the application has registered. */
        DIRECT,
        /** Directly where that answers, else through the proxy. */
        AUTO
    }

    /** A file of certificates or keys. */
    public record KeyStore(Path file, Password password) {}

    /** Who we are to Kerberos. */
    public record Login(String principal, Path keytab) {}
}
