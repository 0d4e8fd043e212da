/**
 * The command line, and the daemon put together from its parts. Nothing depends on this package.
 */
@NullMarked
package io.flinkyarn.autoscaler.cli;

import org.jspecify.annotations.NullMarked;
