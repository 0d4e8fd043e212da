package io.flinkyarn.autoscaler.telemetry;

/**
 * How many series a scrape may have. Made from the options by the composition root.
 *
 * @param jobs where there are more, none has series of its own
 * @param jobsWithVertices where there are more, none has series of its vertices
 */
public record SeriesLimits(int jobs, int jobsWithVertices) {}
