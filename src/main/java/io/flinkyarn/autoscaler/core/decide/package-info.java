/**
 * From rates to parallelism: the plan of a rescale, or the reason why there is none, with its arithmetic.
 */
@NullMarked
package io.flinkyarn.autoscaler.core.decide;

import org.jspecify.annotations.NullMarked;
