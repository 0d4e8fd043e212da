package io.flinkyarn.autoscaler.core.job;

/** One edge of the job graph. Two vertices may be joined by several. */
public record Edge(VertexId from, VertexId to, ShipStrategy shipStrategy) {}
