/**
 * The samples that a decision looks back on, and when there are enough of them.
 */
@NullMarked
package io.flinkyarn.autoscaler.core.window;

import org.jspecify.annotations.NullMarked;
