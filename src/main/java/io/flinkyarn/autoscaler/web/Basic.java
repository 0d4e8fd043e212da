package io.flinkyarn.autoscaler.web;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names and passwords (RFC 7617). A password is hashed once in a while only: what was right holds for a minute, and more than a few new ones a second are not
 * looked at, so that guessing costs neither much CPU nor gets far.
 */
final class Basic implements Authenticator {

    private static final int NEW_PER_SECOND = 5;
    private static final Duration GOOD = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 1000;

    private final PasswordFile passwords;
    private final Clock clock;
    private final Bucket attempts = Bucket.builder()
            .addLimit(Bandwidth.builder()
                    .capacity(4L * NEW_PER_SECOND)
                    .refillGreedy(NEW_PER_SECOND, Duration.ofSeconds(1))
                    .build())
            .build();

    /** Until when a proof is good, by its hash: the proof itself is kept nowhere. */
    private final Map<String, Instant> right = new ConcurrentHashMap<>();

    Basic(PasswordFile passwords, Clock clock) {
        this.passwords = passwords;
        this.clock = clock;
    }

    @Override
    public String scheme() {
        return "Basic";
    }

    @Override
    public Optional<Caller> caller(String proof) {
        Optional<String> decoded = decoded(proof);
        if (decoded.isEmpty() || decoded.get().indexOf(':') < 1) {
            return Optional.empty();
        }
        int colon = decoded.get().indexOf(':');
        String name = decoded.get().substring(0, colon);
        return isRight(proof, name, decoded.get().substring(colon + 1))
                ? Optional.of(new Caller(Optional.of(name), true))
                : Optional.empty();
    }

    private boolean isRight(String proof, String name, String password) {
        Instant now = clock.instant();
        String key = hash(proof);
        Instant good = right.get(key);
        if (good != null && now.isBefore(good)) {
            return true;
        }
        if (!attempts.tryConsume(1) || !passwords.isRight(name, password.getBytes(StandardCharsets.UTF_8))) {
            return false;
        }
        if (right.size() >= MOST_REMEMBERED) {
            right.clear();
        }
        right.put(key, now.plus(GOOD));
        return true;
    }

    private static Optional<String> decoded(String proof) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(proof), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String hash(String proof) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(proof.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String challenge() {
        return "Basic realm=\"Flink autoscaler\", charset=\"UTF-8\"";
    }
}
