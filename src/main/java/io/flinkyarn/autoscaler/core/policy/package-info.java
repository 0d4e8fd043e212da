/**
 * The options of one job, parsed and checked: what the decision may and shall do.
 */
@NullMarked
package io.flinkyarn.autoscaler.core.policy;

import org.jspecify.annotations.NullMarked;
