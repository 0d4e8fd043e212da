package io.flinkyarn.autoscaler.web;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Who may ask for what. On a loopback address everybody of this host may read; on any other, and to change something, a caller has to prove to be allowed in.
 * Whether the daemon is well, and for the files of the dashboard, which tell nothing of any job, everybody may ask.
 * Any thread may ask.
 */
final class Gate {

    /** All viewers together. */
    private static final int REQUESTS_PER_SECOND = 100;

    private static final Set<String> READING = Set.of("GET", "HEAD");
    /** Of the header {@code Sec-Fetch-Site}: from a page of this server, or typed in. */
    private static final Set<String> OF_HERE = Set.of("same-origin", "none");

    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final boolean onLoopback;
    private final List<Authenticator> authenticators;
    private final Bucket bucket = Bucket.builder()
            .addLimit(Bandwidth.builder()
                    .capacity(3L * REQUESTS_PER_SECOND)
                    .refillGreedy(REQUESTS_PER_SECOND, Duration.ofSeconds(1))
                    .build())
            .build();

    /** @param credentials where there are none, nobody may change anything */
    Gate(InetAddress address, Credentials credentials) {
        this.onLoopback = address.isLoopbackAddress();
        this.authenticators = credentials.authenticators(Clock.systemUTC());
    }

    /** What a caller who is to prove something is asked for: values of the header {@code WWW-Authenticate}. */
    List<String> challenges() {
        return authenticators.stream().map(Authenticator::challenge).toList();
    }

    /** Lets a request in, with who asks, or turns it away. */
    Answer pass(Request request, Function<Request, Answer> pages) {
        Optional<Answer> refusal = refusal(request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        boolean reads = READING.contains(request.method());
        if (reads && isOfHealth(request)) {
            // It is not limited, so it may not cost the check of a proof.
            return pages.apply(request);
        }
        Optional<Caller> caller = caller(request);
        if (caller.isPresent()) {
            return reads || caller.get().mayChange() ? pages.apply(request.of(caller.get())) : forbidden(caller.get());
        }
        boolean open = reads && (onLoopback || isForEverybody(request));
        return open ? pages.apply(request) : unauthorized();
    }

    /** Why a request is turned away, whoever asks. */
    private Optional<Answer> refusal(Request request) {
        boolean reads = READING.contains(request.method());
        if (!reads && !request.method().equals("POST")) {
            return Optional.of(Answer.problem(405, "only GET, HEAD and POST are answered"));
        }
        if (!isOfHealth(request) && !bucket.tryConsume(1)) {
            return Optional.of(Answer.problem(
                    429, "more than " + REQUESTS_PER_SECOND + " requests a second: ask less often, or wait"));
        }
        if (onLoopback && !namesThisHost(request)) {
            // A page of another site whose name was pointed at this address would read everything otherwise.
            return Optional.of(Answer.problem(
                    421, "the header Host has to name localhost or 127.0.0.1, as this server listens there only"));
        }
        if (!reads && !comesFromHere(request)) {
            return Optional.of(
                    Answer.problem(403, "the header Origin or Sec-Fetch-Site names another site: nothing was changed"));
        }
        return Optional.empty();
    }

    private static Answer forbidden(Caller caller) {
        return Answer.problem(
                403,
                caller.name().orElse("this caller")
                        + " may read, but change nothing: autoscaler.standalone.web.kerberos.operators does not name him");
    }

    private Answer unauthorized() {
        return authenticators.isEmpty()
                ? Answer.problem(
                        403,
                        "nothing can be changed here: none of autoscaler.standalone.web.token-file, web.users-file and"
                                + " web.kerberos.principal is configured")
                : Answer.problem(
                        Answer.UNAUTHORIZED,
                        "the header Authorization is missing, or what it holds is not right for this daemon; expected: "
                                + String.join(
                                        " or ",
                                        authenticators.stream()
                                                .map(Authenticator::scheme)
                                                .toList()));
    }

    /** The proof is looked at also where none is needed: an order bears the name of whoever gives it. */
    private Optional<Caller> caller(Request request) {
        String header = request.header("authorization").orElse("");
        int space = header.indexOf(' ');
        return space < 0
                ? Optional.empty()
                : authenticators.stream()
                        .filter(authenticator -> authenticator.scheme().equalsIgnoreCase(header.substring(0, space)))
                        .flatMap(authenticator ->
                                authenticator.caller(header.substring(space).strip()).stream())
                        .findFirst();
    }

    /** A load balancer proves nothing, nor does a browser when it fetches the page that asks for a token; neither learns anything of a job. */
    private static boolean isForEverybody(Request request) {
        return isOfHealth(request) || Files.isName(request.path());
    }

    private static boolean isOfHealth(Request request) {
        return request.path().equals(Pages.HEALTHY) || request.path().equals(Pages.READY);
    }

    private static boolean namesThisHost(Request request) {
        String host = request.header("host").orElse("").toLowerCase(Locale.ROOT);
        return LOCAL_NAMES.contains(host.replaceFirst(":\\d+$", ""));
    }

    /** A browser says where the page comes from that sends something; other programs say nothing. */
    private static boolean comesFromHere(Request request) {
        Optional<String> origin = request.header("origin");
        Optional<String> site = request.header("sec-fetch-site");
        boolean originIsHere = origin.isEmpty()
                || origin.get()
                        .replaceFirst("^https?://", "")
                        .equals(request.header("host").orElse(""));
        return originIsHere && (site.isEmpty() || OF_HERE.contains(site.get()));
    }
}
