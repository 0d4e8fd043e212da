/**
 * The demo: a real Flink job on a real YARN is found, measured, decided on and rescaled by the packaged daemon, and
 * told as it happens. {@code scripts/demo.sh} builds what it needs and runs {@link
 * io.flinkyarn.autoscaler.it.demo.Demo}.
 */
@NullMarked
package io.flinkyarn.autoscaler.it.demo;

import org.jspecify.annotations.NullMarked;
