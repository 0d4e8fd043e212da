/**
 * What was seen of a job at one moment, in the units of the core: records, records/s, ratios in [0, 1].
 */
@NullMarked
package io.flinkyarn.autoscaler.core.sample;

import org.jspecify.annotations.NullMarked;
