/**
 * Talks to the REST API of Flink, directly or through the web proxy of YARN: lists jobs, reads samples, declares resource requirements.
 *
 * <p>The way of a sample: {@code RestMetricsCollector} asks, {@code FlinkRest} sends and judges what comes back, small records take the
 * JSON, and {@code SampleReader}, which is pure, makes a sample of it in the units of the core. Exported are {@code FlinkRest} with its
 * {@code RestLimits}, to be wired, and the implementations of the ports: {@code RestMetricsCollector}, {@code RescaleApiScalingRealizer},
 * {@code RestClusterJobs} and {@code FlinkClusterJobListFetcher}.
 */
@NullMarked
package io.flinkyarn.autoscaler.flink;

import org.jspecify.annotations.NullMarked;
