/**
 * What others may add to the decision: interfaces that plugins implement, and the values that go in and out. Found through {@link
 * java.util.ServiceLoader} by whoever reads the configuration.
 */
@NullMarked
package io.flinkyarn.autoscaler.core.plugin;

import org.jspecify.annotations.NullMarked;
