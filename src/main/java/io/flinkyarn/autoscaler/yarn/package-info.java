/**
 * Finds Flink applications through a YARN ResourceManager. The only package that knows Hadoop.
 */
@NullMarked
package io.flinkyarn.autoscaler.yarn;

import org.jspecify.annotations.NullMarked;
