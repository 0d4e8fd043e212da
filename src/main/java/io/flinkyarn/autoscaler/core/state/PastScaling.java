package io.flinkyarn.autoscaler.core.state;

import java.time.Instant;

/**
 * One executed change of one vertex, as the decisions after it remember it.
 *
 * @param trueProcessingRate records/s, measured before the change at parallelism {@code from}; may be infinite
 * @param expectedProcessingRate records/s that parallelism {@code to} should give; may be infinite
 */
public record PastScaling(Instant at, int from, int to, double trueProcessingRate, double expectedProcessingRate) {}
