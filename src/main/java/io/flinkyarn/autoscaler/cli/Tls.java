package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ClusterAccess;
import io.flinkyarn.autoscaler.flink.Certificates;
import io.flinkyarn.autoscaler.flink.Certificates.Store;
import io.flinkyarn.autoscaler.flink.Certificates.StoreException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The certificates of a cluster, opened with the passwords that the options point at. */
final class Tls {

    private Tls() {}

    /** Empty where the cluster has none of its own. */
    static Optional<SSLContext> of(ClusterAccess access, Map<String, String> environment) throws Refusal {
        if (access.truststore().isEmpty() && access.keystore().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Certificates.of(store(access.truststore(), environment), store(access.keystore(), environment)));
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
