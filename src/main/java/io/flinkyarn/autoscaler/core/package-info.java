/**
 * The decision, as one pure function: {@link io.flinkyarn.autoscaler.core.Autoscaler#step}. It reads no clock, logs nothing, and knows
 * neither JSON nor Flink nor Hadoop; everything below this package depends on the JDK alone.
 */
@NullMarked
package io.flinkyarn.autoscaler.core;

import org.jspecify.annotations.NullMarked;
