package io.flinkyarn.autoscaler.web;

import java.util.Optional;

/** A way to prove who asks: one scheme of the header {@code Authorization} (RFC 9110, section 11). Any thread may ask. */
interface Authenticator {

    /** For instance Bearer. */
    String scheme();

    /**
     * Who asks.
     *
     * @param proof what stands behind the scheme
     * @return empty where it proves nothing
     */
    Optional<Caller> caller(String proof);

    /** What a browser or a program is asked for: the header {@code WWW-Authenticate}. */
    String challenge();
}
