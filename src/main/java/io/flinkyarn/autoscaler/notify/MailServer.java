package io.flinkyarn.autoscaler.notify;

import java.util.List;
import java.util.Optional;

/**
 * An SMTP server, and for whom it is used. Made by the composition root.
 *
 * @param password empty where the server wants no login, as is {@code user}
 */
public record MailServer(
        String host,
        int port,
        Security security,
        Optional<String> user,
        Optional<String> password,
        String from,
        List<String> to) {

    /** How the connection is protected. */
    public enum Security {
        NONE,
        /** It begins in the open, and goes on with TLS or not at all. */
        STARTTLS,
        TLS
    }

    public MailServer {
        to = List.copyOf(to);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MailServer[" + host + ":" + port + ", " + security + ", from " + from + " to " + to + "]";
    }
}
