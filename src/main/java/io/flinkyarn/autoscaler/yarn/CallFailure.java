package io.flinkyarn.autoscaler.yarn;

import static io.flinkyarn.autoscaler.control.UnreachableException.Category.NO_ANSWER;
import static io.flinkyarn.autoscaler.control.UnreachableException.Category.REFUSED;

import io.flinkyarn.autoscaler.control.UnreachableException;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;

/** Says to people why a call of the ResourceManager failed: which address, what came back, what to look at. */
final class CallFailure {

    private static final String DEFAULT_ADDRESS = "0.0.0.0:" + YarnConfiguration.DEFAULT_RM_PORT;

    private final String addresses;

    CallFailure(YarnConfiguration configuration) {
        addresses = addresses(configuration);
    }

    UnreachableException late(Duration deadline, Throwable cause) {
        return new UnreachableException(
                NO_ANSWER,
                "the ResourceManager at " + addresses + " has not answered within " + deadline.toMillis() + " ms; "
                        + remedy(),
                cause);
    }

    /** @param purpose what it was asked to do */
    UnreachableException explain(String purpose, Throwable thrown) {
        Optional<String> kerberos = KerberosFailure.meaning(thrown);
        if (kerberos.isPresent()) {
            return new UnreachableException(
                    REFUSED,
                    "no login at the ResourceManager at " + addresses + ": " + kerberos.get() + " ("
                            + Causes.sentence(thrown) + ")",
                    thrown);
        }
        boolean refused = Causes.first(thrown, AccessControlException.class).isPresent()
                || Causes.first(thrown, RemoteException.class).isPresent()
                || Causes.first(thrown, YarnException.class).isPresent();
        return refused
                ? new UnreachableException(
                        REFUSED,
                        "the ResourceManager at " + addresses + " refuses to " + purpose + ": "
                                + Causes.sentence(thrown),
                        thrown)
                : new UnreachableException(
                        NO_ANSWER,
                        "the ResourceManager at " + addresses + " does not answer: " + Causes.sentence(thrown) + "; "
                                + remedy(),
                        thrown);
    }

    private String remedy() {
        return addresses.equals(DEFAULT_ADDRESS)
                ? "yarn-site.xml names no ResourceManager: set yarn.resourcemanager.hostname there"
                : "check that it runs and can be reached from here";
    }

    private static String addresses(YarnConfiguration configuration) {
        return String.join(" or ", ResourceManagers.of(configuration).calls());
    }
}
