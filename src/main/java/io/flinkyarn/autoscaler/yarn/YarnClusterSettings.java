package io.flinkyarn.autoscaler.yarn;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which YARN cluster is listed, and how. Made from the daemon's options, read when a {@link YarnJobListFetcher} is opened.
 *
 * @param name of the cluster in keys, logs and rows; without it the cluster's own {@code yarn.resourcemanager.cluster-id}, and
 *     {@code yarn} where that is not set
 * @param hadoopConfDir directory with the yarn-site.xml of the cluster, and usually a core-site.xml
 * @param filter which applications are listed
 * @param listInterval how long a listing is good before YARN is asked again
 * @param approach by which ways the applications are reached
 * @param login as whom we log in; empty: the cluster wants no Kerberos
 * @param deadline how long one call of the ResourceManager may take; then again, how long all applications together may take to
 *     tell their jobs
 */
public record YarnClusterSettings(
        Optional<String> name,
        Path hadoopConfDir,
        ApplicationFilter filter,
        Approach approach,
        Optional<KerberosAccount> login,
        Duration listInterval,
        Duration deadline) {

    private static final Duration SOON = Duration.ofSeconds(5);

    public YarnClusterSettings {
        if (name.isPresent() && name.get().isBlank()) {
            throw new IllegalArgumentException("the name of a YARN cluster is blank: expected a name, or none");
        }
        requirePositive("list interval", listInterval);
        requirePositive("deadline", deadline);
    }

    /** How soon it is asked again, at the earliest, when something is not as it was listed. */
    Duration soon() {
        return listInterval.compareTo(SOON) < 0 ? listInterval : SOON;
    }

    private static void requirePositive(String what, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(
                    "the " + what + " of a YARN cluster is " + duration + ": expected more than nothing");
        }
    }
}
