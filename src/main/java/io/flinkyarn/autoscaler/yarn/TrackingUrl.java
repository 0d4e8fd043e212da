package io.flinkyarn.autoscaler.yarn;

import static io.flinkyarn.autoscaler.control.UnreachableException.Category.NOT_FLINK;
import static io.flinkyarn.autoscaler.control.UnreachableException.Category.REFUSED;
import static io.flinkyarn.autoscaler.yarn.RunningApplication.NOT_AVAILABLE;

import io.flinkyarn.autoscaler.control.UnreachableException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Finds the address at which the Flink of an application answers: the tracking URL as YARN reports it, never one put together here, since
 * the web proxy may be a server of its own, behind HTTPS or a gateway.
 */
final class TrackingUrl {

    private TrackingUrl() {}

    /** @throws UnreachableException if YARN reports none that could lead to Flink; the message says why, and what to do */
    static URI of(RunningApplication application) throws UnreachableException {
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
        return web(application, url);
    }

    /** YARN reports a running application without any URL only to users that may not see it. */
    private static UnreachableException notPermitted(RunningApplication application) {
        return new UnreachableException(
                REFUSED,
                "YARN hides the tracking URL of " + application.id() + " (N/A): the daemon's user lacks VIEW_APP on it."
                        + " Name that user in yarn.view.acls of the Flink application (Flink 1.20 and later), in"
                        + " acl_administer_queue of " + application.queue() + ", or in yarn.admin.acl of the cluster;"
                        + " or run the daemon as " + application.user());
    }

    private static URI web(RunningApplication application, String url) throws UnreachableException {
        URI uri = parse(url);
        boolean isWeb = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!isWeb || uri.getHost() == null || uri.getPort() == 0) {
            throw new UnreachableException(
                    NOT_FLINK,
                    application.id() + " has a tracking URL that cannot be used (" + url
                            + "): expected http(s)://host:port/…; check yarn.resourcemanager.webapp.address and"
                            + " yarn.web-proxy.address of the cluster");
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
