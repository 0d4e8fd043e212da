package io.flinkyarn.autoscaler.yarn;

import java.net.URI;
import java.util.Optional;

/**
 * By which ways the applications of a cluster are reached. Made from the daemon's options; where both ways are open, the direct one is preferred.
 *
 * @param direct at the address that the application itself has registered
 * @param proxied at the address that YARN reports
 * @param baseUrl what stands in the place of that address: for a gateway, or a proxy under another name. {@code {path}} in it is the path
 *     of the reported address, {@code {application}} the application's id
 */
public record Approach(boolean direct, boolean proxied, Optional<String> baseUrl) {

    public static final Approach PROXIED = new Approach(false, true, Optional.empty());

    public Approach {
        if (!direct && !proxied) {
            throw new IllegalArgumentException(
                    "no way leads to the applications: expected the direct one, the proxy, or both");
        }
    }

    /** The address through the proxy, as it is to be used. */
    URI behindProxy(URI reported, String applicationId) {
        return baseUrl.map(url -> url.replace("{path}", withoutFirstSlash(reported.getRawPath()))
                        .replace("{application}", applicationId))
                .map(URI::create)
                .orElse(reported);
    }

    /** A slash stands before the placeholder already, or what a gateway wants there. */
    private static String withoutFirstSlash(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
