/**
 * A real YARN and a real Flink, for the integration tests and the demo: a mini cluster in this JVM, a Flink application
 * submitted by Flink's own command line in a process of its own, and our packaged daemon beside them.
 *
 * <p>No Flink class is on this class path: the Flink to run is a folder that {@code scripts/flink-rig.sh} builds, named
 * by the system property {@code it.flink}.
 */
@NullMarked
package io.flinkyarn.autoscaler.it;

import org.jspecify.annotations.NullMarked;
