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
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts what the daemon serves over HTTP. Jobs are scaled without it, too: a port that is taken is told, and nothing more. */
final class Web {

    private static final Logger LOG = LoggerFactory.getLogger(Web.class);

    private Web() {}

    /** @throws Refusal if everybody could read everything, or a token or passwords cannot be read */
    static Optional<WebServer> start(ProcessConfiguration.Web settings, Pages pages) throws Refusal {
        Credentials credentials = credentials(settings);
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
            WebServer server = WebServer.start(address, credentials, pages);
            LOG.info(
                    "the dashboard is at http://{}:{}/",
                    server.address().getHostString(),
                    server.address().getPort());
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
                token.isPresent() ? Optional.of(Passwords.inFile("the token file", token.get())) : Optional.empty(),
                users.isPresent() ? Optional.of(passwords(users.get())) : Optional.empty());
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
