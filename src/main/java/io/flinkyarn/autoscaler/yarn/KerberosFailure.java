package io.flinkyarn.autoscaler.yarn;

import java.util.List;
import java.util.Optional;

/**
 * Says to people what Kerberos means, whose libraries tell it by numbers and in the words of a standard. What is looked for are their
 * texts: there are no types to tell one failure from another.
 */
final class KerberosFailure {

    /** What stands somewhere in an exception, and what to say then. The first that fits is said. */
    private record Symptom(List<String> texts, String meaning) {

        Symptom(String text, String meaning) {
            this(List.of(text), meaning);
        }
    }

    private static final List<Symptom> SYMPTOMS = List.of(
            new Symptom(
                    "no readable keytab",
                    "the keytab cannot be read. Check login.keytab of the cluster, and that the daemon's user may read it"),
            new Symptom(
                    "Clock skew too great",
                    "the clock of this host and that of the KDC differ too much (clock skew). Synchronize both with NTP"),
            new Symptom(
                    "Client not found in Kerberos database",
                    "the KDC does not know the principal. Check login.principal of the cluster and its realm"),
            new Symptom(
                    "Unable to obtain password from user",
                    "the keytab has no key for the principal. 'klist -kt' shows what it has; check login.principal and login.keytab"),
            new Symptom(
                    List.of(
                            "Pre-authentication information was invalid",
                            "Checksum failed",
                            "Integrity check on decrypted field failed"),
                    "the keytab's key is not the one that the KDC has for the principal: it is of an older version, or of another realm."
                            + " Export the keytab again"),
            new Symptom(
                    List.of(
                            "Cannot locate default realm",
                            "Cannot locate KDC",
                            "Unable to locate KDC",
                            "Cannot find KDC"),
                    "krb5.conf names no KDC for the realm. Add the realm there, or let -Djava.security.krb5.conf in"
                            + " AUTOSCALER_OPTS name another file; there is one for the whole process"),
            new Symptom(
                    "Server not found in Kerberos database",
                    "the KDC does not know the service. The host name in the address has to be the one of its principal: HTTP/host for"
                            + " web addresses, yarn.resourcemanager.principal for the ResourceManager"),
            new Symptom(
                    List.of("Ticket expired", "Failed to find any Kerberos tgt"),
                    "the ticket has expired, and no new one was given. It is logged in again, at most once in"
                            + " hadoop.kerberos.min.seconds.before.relogin"),
            new Symptom(
                    List.of("has no support for encryption type", "not supported/enabled"),
                    "the KDC, the keytab and this JVM have no encryption type in common. Check permitted_enctypes in krb5.conf, and export"
                            + " the keytab with aes256-cts"),
            new Symptom(
                    List.of(
                            "Failed to specify server's Kerberos principal name",
                            "Server has invalid Kerberos principal"),
                    "the ResourceManager has another principal than its configuration says. Check yarn.resourcemanager.principal in the"
                            + " yarn-site.xml of the cluster"),
            new Symptom(
                    "SIMPLE authentication is not enabled",
                    "the cluster wants Kerberos. Set hadoop.security.authentication to kerberos in its core-site.xml here, and"
                            + " login.principal and login.keytab of the cluster"),
            new Symptom(
                    "fall back to SIMPLE",
                    "the cluster has no Kerberos, and its configuration here says that it has. Check hadoop.security.authentication in"
                            + " its core-site.xml"),
            new Symptom(
                    List.of("Receive timed out", "ICMP Port Unreachable", "LoginException: Connection refused"),
                    "the KDC does not answer. Check that it runs and can be reached from here; krb5.conf says where it is and how long is"
                            + " waited for it"));

    private KerberosFailure() {}

    /** Empty where it has nothing to do with Kerberos that we know. */
    static Optional<String> meaning(Throwable thrown) {
        String all = texts(thrown);
        return SYMPTOMS.stream()
                .filter(symptom -> symptom.texts().stream().anyMatch(all::contains))
                .findFirst()
                .map(Symptom::meaning);
    }

    private static String texts(Throwable thrown) {
        StringBuilder all = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            all.append(t.getMessage()).append('\n');
        }
        return all.toString();
    }
}
