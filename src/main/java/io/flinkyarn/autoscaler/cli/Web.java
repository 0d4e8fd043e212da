package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ProcessConfiguration;
import io.flinkyarn.autoscaler.telemetry.MetricsPage;
import io.flinkyarn.autoscaler.web.Pages;
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

    /** @throws Refusal if everybody could read everything, or the token cannot be read */
    static Optional<WebServer> start(ProcessConfiguration.Web settings, Pages pages) throws Refusal {
        Optional<Path> file = settings.tokenFile();
        Optional<String> token =
                file.isPresent() ? Optional.of(Passwords.inFile("the token file", file.get())) : Optional.empty();
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
            WebServer server = WebServer.start(address, token, pages);
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

    /** The metrics as the server hands them out. */
    static Pages.Metrics metrics(MetricsPage page, String accept) {
        MetricsPage.Text text = page.of(accept);
        return new Pages.Metrics(text.contentType(), text.body());
    }
}
