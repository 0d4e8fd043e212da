package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ClusterAccess;
import io.flinkyarn.autoscaler.config.ProcessConfiguration;
import io.flinkyarn.autoscaler.flink.Certificates;
import io.flinkyarn.autoscaler.flink.Certificates.Store;
import io.flinkyarn.autoscaler.flink.Certificates.StoreException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The certificates of a cluster, and of our own server, opened with the passwords that the options point at. */
final class Tls {

    private Tls() {}

    /** Empty where the cluster has none of its own. */
    static Optional<SSLContext> of(ClusterAccess access, Map<String, String> environment) throws Refusal {
        return context(access.truststore(), access.keystore(), environment);
    }

    /** Empty where the server speaks plain HTTP. */
    static Optional<SSLContext> of(ProcessConfiguration.Web web, Map<String, String> environment) throws Refusal {
        return context(Optional.empty(), web.keystore(), environment);
    }

    private static Optional<SSLContext> context(
            Optional<ClusterAccess.KeyStore> trusted,
            Optional<ClusterAccess.KeyStore> own,
            Map<String, String> environment)
            throws Refusal {
        if (trusted.isEmpty() && own.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Certificates.of(store(trusted, environment), store(own, environment)));
        } catch (StoreException e) {
            throw new Refusal(Refusal.MISUSED, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Store> store(Optional<ClusterAccess.KeyStore> named, Map<String, String> environment)
            throws Refusal {
        return named.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Store(named.get().file(), Passwords.find(named.get().password(), environment)));
    }
}
