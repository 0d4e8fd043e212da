package io.flinkyarn.autoscaler.yarn;

import static io.flinkyarn.autoscaler.control.UnreachableException.Category.NOT_FLINK;
import static io.flinkyarn.autoscaler.control.UnreachableException.Category.REFUSED;
import static io.flinkyarn.autoscaler.yarn.RunningApplication.NOT_AVAILABLE;

import io.flinkyarn.autoscaler.control.UnreachableException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Finds the addresses at which the Flink of an application answers, as YARN reports them: the tracking URL, which leads through the web proxy,
 * a server of its own perhaps; and the original one, which the application has registered.
 */
final class TrackingUrl {

    private TrackingUrl() {}

    /** @throws UnreachableException if YARN reports none that could lead to Flink; the message says why, and what to do */
    static URI proxied(RunningApplication application) throws UnreachableException {
        requireFlink(application);
        return web(
                application,
                application.trackingUrl(),
                "check yarn.resourcemanager.webapp.address and yarn.web-proxy.address of the cluster");
    }

    /** @throws UnreachableException as {@link #proxied} */
    static URI original(RunningApplication application) throws UnreachableException {
        requireFlink(application);
        return web(
                application,
                application.originalTrackingUrl(),
                "check rest.address of Flink, or reach it through the proxy (access.mode)");
    }

    private static void requireFlink(RunningApplication application) throws UnreachableException {
        String url = application.trackingUrl();
        if (url.equals(NOT_AVAILABLE)) {
            throw notPermitted(application);
        }
        if (application.originalTrackingUrl().equals(NOT_AVAILABLE)) {
            throw new UnreachableException(
                    NOT_FLINK,
                    application.id()
                            + " has not told YARN its web address (original tracking URL N/A): expected the one of"
                            + " Flink's REST API; it is starting, or between two attempts");
        }
        if (url.contains("/cluster/app/")) {
            throw new UnreachableException(
                    NOT_FLINK,
                    application.id() + " has the ResourceManager's own page as tracking URL (" + url
                            + "): expected the one of Flink; it is ending, or between two attempts");
        }
    }

    /** YARN reports a running application without any URL only to users that may not see it. */
    private static UnreachableException notPermitted(RunningApplication application) {
        return new UnreachableException(
                REFUSED,
                "YARN hides the tracking URL of " + application.id() + " (N/A): the daemon's user lacks VIEW_APP on it."
                        + " Name that user in yarn.view.acls of the Flink application (Flink 1.20 and later), in"
                        + " acl_administer_queue of " + application.queue() + ", or in yarn.admin.acl of the cluster;"
                        + " or run the daemon as " + application.user() + ". MODIFY_APP is not needed");
    }

    private static URI web(RunningApplication application, String url, String remedy) throws UnreachableException {
        URI uri = parse(url);
        boolean isWeb = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!isWeb || uri.getHost() == null || uri.getPort() == 0) {
            throw new UnreachableException(
                    NOT_FLINK,
                    application.id() + " has a tracking URL that cannot be used (" + url
                            + "): expected http(s)://host:port/…; " + remedy);
        }
        return uri;
    }

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            return URI.create("");
        }
    }
}
