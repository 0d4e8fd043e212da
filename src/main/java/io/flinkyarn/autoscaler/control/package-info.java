/**
 * The loop that takes each job through list, sample, step, save, realise; and the ports that the adapters implement.
 *
 * <p>{@link io.flinkyarn.autoscaler.control.ControlLoop} owns the threads: it lists each cluster ({@code ClusterListing}), asks the {@code
 * Schedule} who is due, and runs the {@code JobTick} of that job, where the way of one cycle is to be read. What is known is shown on
 * the {@link io.flinkyarn.autoscaler.control.Board}. The loop and the ports are for the daemon and the adapters; the rest is for this
 * package.
 */
@NullMarked
package io.flinkyarn.autoscaler.control;

import org.jspecify.annotations.NullMarked;
