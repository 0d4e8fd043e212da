/**
 * Flink autoscaling for YARN: a daemon that finds the Flink jobs of YARN clusters, decides the parallelism of each job
 * vertex, and rescales the jobs in place.
 *
 * <p>This package holds nothing but its rooms. The way through them is {@code list, sample, load state, step, save,
 * realise, publish}; {@code core} decides, {@code control} runs the round, the adapters around it talk to the world, and
 * {@code cli} wires them.
 */
@NullMarked
package io.flinkyarn.autoscaler;

import org.jspecify.annotations.NullMarked;
