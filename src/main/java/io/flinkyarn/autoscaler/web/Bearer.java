package io.flinkyarn.autoscaler.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Whoever has the token (RFC 6750). */
final class Bearer implements Authenticator {

    private final byte[] token;

    Bearer(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String scheme() {
        return "Bearer";
    }

    @Override
    public Optional<Caller> caller(String proof) {
        return MessageDigest.isEqual(token, proof.getBytes(StandardCharsets.UTF_8))
                ? Optional.of(new Caller(Optional.empty(), true))
                : Optional.empty();
    }

    @Override
    public String challenge() {
        return "Bearer";
    }
}
