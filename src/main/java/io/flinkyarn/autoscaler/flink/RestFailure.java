package io.flinkyarn.autoscaler.flink;

import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.flink.BoundedBody.TooLargeException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
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

    static UnreachableException tooLong(Exchange exchange) {
        return new UnreachableException(
                Category.REFUSED,
                exchange.method() + " " + exchange.path().route().template() + " was not sent: its address has "
                        + exchange.uri().toString().length() + " bytes, and Flink refuses what is longer than some "
                        + Exchange.MAX_URL + ". Shorten the base URL of cluster "
                        + exchange.endpoint().cluster());
    }

    private static String reason(Exchange exchange, Throwable cause) {
        String host = exchange.endpoint().base().getAuthority();
        if (cause.getCause() instanceof UnresolvedAddressException) {
            return "the host name of " + host
                    + " is unknown here. Check the address, and the name service of this machine";
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return "no connection to " + host + " within " + seconds(FlinkRest.CONNECT_TIMEOUT)
                    + ". Its host is down, or a firewall between here and there swallows what is sent";
        }
        if (cause instanceof ConnectException) {
            return "no connection to " + host + " (" + detail(cause)
                    + "). Check that it runs, and that no firewall stands between";
        }
        if (cause instanceof SSLException secure) {
            return "no secure connection to " + host + " (" + detail(cause) + "). " + remedy(secure);
        }
        if (exchange.uri().getScheme().equals("http") && isHttps(cause)) {
            return "what came from " + host + " is no HTTP (" + detail(cause)
                    + "). It may expect HTTPS: check yarn.http.policy of the cluster, or security.ssl.rest.enabled of Flink";
        }
        return "the connection broke (" + detail(cause) + "). It is tried again in the next cycle";
    }

    static UnreachableException notFlink(Exchange exchange, Answer answer) {
        return new UnreachableException(
                Category.NOT_FLINK,
                exchange.name() + " was not answered by Flink: " + ForeignPage.describe(answer) + ".");
    }

    private static String remedy(SSLException cause) {
        String text = String.valueOf(cause.getMessage());
        if (text.contains("nrecognized SSL message")) {
            return "It speaks plain HTTP: check yarn.http.policy of the cluster, or security.ssl.rest.enabled of Flink";
        }
        if (text.contains("No name matching") || text.contains("No subject alternative")) {
            return "Its certificate is for another host: reach it by the name in the certificate";
        }
        if (text.contains("certificate_required") || text.contains("bad_certificate")) {
            return "It wants a certificate of ours: set tls.keystore.path of the cluster";
        }
        return "Check that its certificate is trusted: set tls.truststore.path of the cluster";
    }

    /** A server that is greeted in plain text where it expects a handshake sends an alert of some bytes, or nothing. */
    private static boolean isHttps(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            String text = String.valueOf(t.getMessage());
            if (text.contains("Invalid status line") || text.contains("header parser received no bytes")) {
                return true;
            }
        }
        return false;
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
