package io.flinkyarn.autoscaler.web;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may ask for what. On a loopback address everybody of this host may read; on any other, and to change something, a token is needed.
 * Whether the daemon is well, and for the files of the dashboard, which tell nothing of any job, everybody may ask.
 * Any thread may ask.
 */
final class Gate {

    /** All viewers together. */
    private static final int REQUESTS_PER_SECOND = 100;

    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final boolean onLoopback;
    private final Optional<byte[]> token;
    private final Bucket bucket = Bucket.builder()
            .addLimit(Bandwidth.builder()
                    .capacity(3L * REQUESTS_PER_SECOND)
                    .refillGreedy(REQUESTS_PER_SECOND, Duration.ofSeconds(1))
                    .build())
            .build();

    /** @param token that opens everything; empty: nobody may change anything */
    Gate(InetAddress address, Optional<String> token) {
        this.onLoopback = address.isLoopbackAddress();
        this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Why a request is turned away; empty where it may come in. */
    Optional<Answer> refusal(Request request) {
        boolean reads = READING.contains(request.method());
        if (!reads && !request.method().equals("POST")) {
            return Optional.of(Answer.problem(405, "only GET, HEAD and POST are answered"));
        }
        if (!bucket.tryConsume(1)) {
            return Optional.of(Answer.problem(
                    429, "more than " + REQUESTS_PER_SECOND + " requests a second: ask less often, or wait"));
        }
        if (onLoopback && !namesThisHost(request)) {
            // A page of another site whose name was pointed at this address would read everything otherwise.
            return Optional.of(Answer.problem(
                    421, "the header Host has to name localhost or 127.0.0.1, as this server listens there only"));
        }
        if (!reads && !comesFromHere(request)) {
            return Optional.of(Answer.problem(403, "the header Origin names another site: nothing was changed"));
        }
        if (reads && (onLoopback || isForEverybody(request))) {
            return Optional.empty();
        }
        return mayEnter(request) ? Optional.empty() : Optional.of(unauthorized());
    }

    private Answer unauthorized() {
        return token.isEmpty()
                ? Answer.problem(
                        403, "nothing can be changed here: no autoscaler.standalone.web.token-file is configured")
                : Answer.problem(
                        401,
                        "the header 'Authorization: Bearer …' is missing, or its token is not the one of this daemon");
    }

    private boolean mayEnter(Request request) {
        Optional<String> given = request.header("authorization")
                .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(header -> header.substring(7).strip());
        return given.isPresent()
                && token.isPresent()
                && MessageDigest.isEqual(token.get(), given.get().getBytes(StandardCharsets.UTF_8));
    }

    /** A load balancer has no token, nor has a browser when it fetches the page that asks for one; neither learns anything of a job. */
    private static boolean isForEverybody(Request request) {
        return request.path().equals(Pages.HEALTHY)
                || request.path().equals(Pages.READY)
                || Files.isName(request.path());
    }

    private static boolean namesThisHost(Request request) {
        String host = request.header("host").orElse("").toLowerCase(Locale.ROOT);
        return LOCAL_NAMES.contains(host.replaceFirst(":\\d+$", ""));
    }

    /** A browser says where the page comes from that sends something; other programs say nothing. */
    private static boolean comesFromHere(Request request) {
        Optional<String> origin = request.header("origin");
        return origin.isEmpty()
                || origin.get()
                        .replaceFirst("^https?://", "")
                        .equals(request.header("host").orElse(""));
    }
}
