/**
 * The command line, and the daemon put together from its parts. Nothing depends on this package.
 *
 * <p>{@code Main} chooses the command; {@code Daemon} makes every part of the process by {@code new}, and closes them in reverse. Exit
 * codes and what may be printed stand at {@code Main} and {@code Refusal}.
 */
@NullMarked
package io.flinkyarn.autoscaler.cli;

import org.jspecify.annotations.NullMarked;
