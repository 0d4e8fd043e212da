package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ProcessConfiguration;
import io.flinkyarn.autoscaler.telemetry.MetricsPage;
import io.flinkyarn.autoscaler.web.Credentials;
import io.flinkyarn.autoscaler.web.Pages;
import io.flinkyarn.autoscaler.web.PasswordFile;
import io.flinkyarn.autoscaler.web.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts what the daemon serves over HTTP. Jobs are scaled without it, too: a port that is taken is told, and nothing more. */
final class Web {

    private static final Logger LOG = LoggerFactory.getLogger(Web.class);

    private Web() {}

    /** @throws Refusal if everybody could read everything, or a token or passwords cannot be read */
    static Optional<WebServer> start(ProcessConfiguration.Web settings, Map<String, String> environment, Pages pages)
            throws Refusal {
        try {
            Credentials credentials = credentials(settings);
            Optional<SSLContext> tls = Tls.of(settings, environment);
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
            WebServer server = WebServer.start(address, credentials, tls, pages);
            LOG.info(
                    "the dashboard is at {}://{}:{}/",
                    tls.isPresent() ? "https" : "http",
                    server.address().getHostString(),
                    server.address().getPort());
            if (tls.isEmpty() && !address.getAddress().isLoopbackAddress()) {
                LOG.warn(
                        "tokens and passwords cross the network as they are: set autoscaler.standalone.web.tls.keystore.path,"
                                + " or listen on 127.0.0.1 behind a server that speaks TLS");
            }
            return Optional.of(server);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.MISUSED, String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            throw new Refusal(
                    Refusal.MISUSED,
                    "autoscaler.standalone.web.host is '" + settings.host() + "': expected an address of this host");
        } catch (IOException e) {
            LOG.warn(
                    "there is no dashboard: cannot listen on {}:{} ({}); set autoscaler.standalone.web.port to one that is free, or"
                            + " web.enabled to false",
                    settings.host(),
                    settings.port(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static Credentials credentials(ProcessConfiguration.Web settings) throws Refusal {
        Optional<Path> token = settings.tokenFile();
        Optional<Path> users = settings.usersFile();
        return new Credentials(
                token.isPresent() ? Optional.of(token(token.get())) : Optional.empty(),
                users.isPresent() ? Optional.of(passwords(users.get())) : Optional.empty(),
                settings.kerberos()
                        .map(login -> new Credentials.Tickets(
                                ofThisHost(login.principal()), login.keytab(), settings.operators())));
    }

    private static String token(Path file) throws Refusal {
        String what = "the token file";
        String token = Passwords.inFile(what, file);
        if (token.contains(":")) {
            throw Passwords.refusal(
                    what, file, "expected a token without a colon, which stands between a name and a password");
        }
        return token;
    }

    /** As Hadoop has it in its own configuration. */
    private static String ofThisHost(String principal) {
        try {
            return principal.replace(
                    "_HOST", InetAddress.getLocalHost().getCanonicalHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "_HOST in " + principal + " cannot be replaced, as this host does not know its name", e);
        }
    }

    private static PasswordFile passwords(Path file) throws Refusal {
        String what = "the users file";
        try {
            return PasswordFile.of(Passwords.linesInFile(what, file));
        } catch (IllegalArgumentException e) {
            throw Passwords.refusal(what, file, String.valueOf(e.getMessage()));
        }
    }

    /** The metrics as the server hands them out. */
    static Pages.Metrics metrics(MetricsPage page, String accept) {
        MetricsPage.Text text = page.of(accept);
        return new Pages.Metrics(text.contentType(), text.body());
    }
}
