/**
 * What is remembered of a job between two steps, and survives a restart of the daemon.
 */
@NullMarked
package io.flinkyarn.autoscaler.core.state;

import org.jspecify.annotations.NullMarked;
