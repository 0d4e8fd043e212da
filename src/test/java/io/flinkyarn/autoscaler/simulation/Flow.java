package io.flinkyarn.autoscaler.simulation;

import io.flinkyarn.autoscaler.core.job.ShipStrategy;

/**
 * One edge of a simulated job.
 *
 * @param from position of the vertex that sends
 * @param to position of the vertex that receives, behind {@code from}
 * @param selectivity records sent for each record that {@code from} processes, above 0
 */
record Flow(int from, int to, double selectivity, ShipStrategy strategy) {}
