/**
 * From the metrics window to rates: what each vertex has to process, and what it is able to.
 */
@NullMarked
package io.flinkyarn.autoscaler.core.evaluate;

import org.jspecify.annotations.NullMarked;
