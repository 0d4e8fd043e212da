package io.flinkyarn.autoscaler.web;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * By what callers may prove that they are allowed in. Made by the composition root.
 *
 * @param token opens everything
 * @param passwords each of them opens everything
 * @param tickets let in everybody who has one, to read
 */
public record Credentials(Optional<String> token, Optional<PasswordFile> passwords, Optional<Tickets> tickets) {

    /** Nobody has any. */
    public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Kerberos tickets for a service.
     *
     * @param principal of the service
     * @param operators principals who may change something, too
     */
    public record Tickets(String principal, Path keytab, List<String> operators) {

        public Tickets {
            operators = List.copyOf(operators);
        }
    }

    /** Of those who have the token. */
    public static Credentials ofToken(String token) {
        return new Credentials(Optional.of(token), Optional.empty(), Optional.empty());
    }

    boolean isEmpty() {
        return token.isEmpty() && passwords.isEmpty() && tickets.isEmpty();
    }

    /**
     * In the order in which a browser should try them.
     *
     * @throws IllegalArgumentException if tickets cannot be answered, for people
     */
    List<Authenticator> authenticators(Clock clock) {
        List<Authenticator> all = new ArrayList<>();
        tickets.ifPresent(t -> all.add(Negotiate.of(t.principal(), t.keytab(), t.operators())));
        passwords.ifPresent(file -> all.add(new Basic(file, clock)));
        token.ifPresent(text -> all.add(new Bearer(text)));
        return List.copyOf(all);
    }
}
