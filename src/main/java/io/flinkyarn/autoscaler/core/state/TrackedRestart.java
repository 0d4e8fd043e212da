package io.flinkyarn.autoscaler.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a rescale took.
 *
 * @param duration from the decision until the job ran at the parallelism decided; empty while it has not
 */
public record TrackedRestart(Instant decidedAt, Optional<Duration> duration) {}
