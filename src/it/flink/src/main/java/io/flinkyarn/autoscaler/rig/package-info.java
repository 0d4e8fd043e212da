/**
 * The Flink job that demo and integration tests rescale: a source with a settable rate and real lag, a vertex whose
 * cost per record is known exactly, and a sink.
 *
 * <p>It uses only API that is the same in Flink 1.18 to 2.x.
 */
package io.flinkyarn.autoscaler.rig;
