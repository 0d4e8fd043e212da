package io.flinkyarn.autoscaler.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;

/** Who this process is, as the history names it. */
final class ProcessIdentity {

    private ProcessIdentity() {}

    /** The program, the user that it runs as, and the host. */
    static String text(Map<String, String> environment) {
        return "autoscaler " + System.getProperty("user.name", "?") + "@" + host(environment);
    }

    /** As the shell has it: to ask for it may take long where names are not resolved. */
    private static String host(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("HOSTNAME"))
                .filter(name -> !name.isBlank())
                .orElseGet(ProcessIdentity::hostByName);
    }

    private static String hostByName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown host";
        }
    }
}
