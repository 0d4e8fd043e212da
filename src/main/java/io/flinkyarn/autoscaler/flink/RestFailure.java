package io.flinkyarn.autoscaler.flink;

import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.flink.BoundedBody.TooLargeException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Turns what went wrong with a request into one line for people: what was asked, what came back, what to do. */
final class RestFailure {

    private RestFailure() {}

    static UnreachableException timeout(Exchange exchange, Duration timeout) {
        return new UnreachableException(
                Category.NO_ANSWER,
                exchange.name() + " had no whole answer within " + seconds(timeout)
                        + ". The JobManager or the proxy before it is overloaded or hangs; job.autoscaler.flink.rest-client.timeout"
                        + " is the limit");
    }

    static UnreachableException noAnswer(Exchange exchange, Throwable cause) {
        if (cause instanceof TooLargeException) {
            return new UnreachableException(
                    Category.MALFORMED,
                    exchange.name() + ": " + cause.getMessage() + ". Nothing that is asked of Flink is so large",
                    cause);
        }
        return new UnreachableException(Category.NO_ANSWER, exchange.name() + ": " + reason(exchange, cause), cause);
    }

    private static String reason(Exchange exchange, Throwable cause) {
        String host = exchange.endpoint().base().getAuthority();
        if (cause.getCause() instanceof UnresolvedAddressException) {
            return "the host name of " + host
                    + " is unknown here. Check the address, and the name service of this machine";
        }
        if (cause instanceof ConnectException) {
            return "no connection to " + host + " (" + detail(cause)
                    + "). Check that it runs, and that no firewall stands between";
        }
        if (cause instanceof SSLException) {
            return "no secure connection to " + host + " (" + detail(cause)
                    + "). Check http or https, and that its certificate is trusted by this JVM";
        }
        return "the connection broke (" + detail(cause) + "). It is tried again in the next cycle";
    }

    static UnreachableException notFlink(Exchange exchange, Answer answer) {
        return new UnreachableException(
                Category.NOT_FLINK,
                exchange.name() + " was not answered by Flink: " + ForeignPage.describe(answer) + ".");
    }

    /** Flink's own error. */
    static UnreachableException refused(Exchange exchange, Answer answer) {
        String reason = error(answer).orElse("no reason given");
        return new UnreachableException(
                category(answer.status(), reason),
                exchange.name() + " was refused with " + answer.status() + ": " + reason);
    }

    /**
     * A 404 means that the job has gone, unless it is the path or the request line that Flink does not know. Some paths tell of a gone job by
     * a 500. A gateway's status means that Flink, or its leader, is not there now.
     */
    private static Category category(int status, String reason) {
        boolean unknownPath = reason.startsWith("Unable to load requested file");
        if ((status == 404 && !unknownPath) || reason.startsWith("Could not find Flink job")) {
            return Category.GONE;
        }
        return status == 502 || status == 503 || status == 504 ? Category.NO_ANSWER : Category.REFUSED;
    }

    private static Optional<String> error(Answer answer) {
        try {
            return Optional.of(Json.read(answer.body(), FlinkError.class).firstLine());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static UnreachableException malformed(Exchange exchange, Exception cause) {
        return new UnreachableException(
                Category.MALFORMED,
                exchange.name() + " was answered with JSON that is not Flink's (" + detail(cause)
                        + "). Check that host, port and path are those of Flink's REST API",
                cause);
    }

    static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private static String detail(Throwable cause) {
        String message = cause.getMessage();
        if (message == null) {
            return cause.getClass().getSimpleName();
        }
        return message.lines().findFirst().orElse("");
    }
}
