/**
 * A Flink job on virtual time that drives the decision for days within seconds, and the committed report of what came of it. Exports
 * nothing.
 *
 * <pre>
 *   Curve ──▶ Dataflow ──▶ SimulatedFlink ──sample──▶ SimulatedDaemon ──▶ Autoscaler.step
 *                               ▲                           │
 *                               └───────── declare ─────────┘         Simulation ticks both, Outcome keeps the score
 * </pre>
 *
 * The dataflow is a fluid: records are real numbers, and time goes on by the second. What Flink would answer comes out of it with all that
 * makes such answers hard to read: gauges that look back a minute, counters that begin anew with every restart, a lag that is replayed.
 */
@NullMarked
package io.flinkyarn.autoscaler.simulation;

import org.jspecify.annotations.NullMarked;
