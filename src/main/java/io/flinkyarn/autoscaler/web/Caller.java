package io.flinkyarn.autoscaler.web;

import java.util.Optional;

/**
 * Somebody who has proved to be allowed in.
 *
 * @param name empty where the proof tells only that, as a token does that many may have
 * @param mayChange whether to do more than read
 */
record Caller(Optional<String> name, boolean mayChange) {}
