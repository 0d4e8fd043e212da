/**
 * The loop that takes each job through list, sample, step, save, realise; and the ports that the adapters implement.
 */
@NullMarked
package io.flinkyarn.autoscaler.control;

import org.jspecify.annotations.NullMarked;
