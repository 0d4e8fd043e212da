package io.flinkyarn.autoscaler.web;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * By what callers may prove that they are allowed in. Made by the composition root. Each of them opens everything.
 *
 * @param token that callers may send
 * @param passwords that they may have
 */
public record Credentials(Optional<String> token, Optional<PasswordFile> passwords) {

    /** Nobody has any. */
    public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty());

    /** Of those who have the token. */
    public static Credentials ofToken(String token) {
        return new Credentials(Optional.of(token), Optional.empty());
    }

    boolean isEmpty() {
        return token.isEmpty() && passwords.isEmpty();
    }

    List<Authenticator> authenticators(Clock clock) {
        List<Authenticator> all = new ArrayList<>();
        passwords.ifPresent(file -> all.add(new Basic(file, clock)));
        token.ifPresent(text -> all.add(new Bearer(text)));
        return List.copyOf(all);
    }
}
