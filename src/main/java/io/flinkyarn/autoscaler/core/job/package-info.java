/**
 * What a job is: its key, its vertices and how they are connected.
 */
@NullMarked
package io.flinkyarn.autoscaler.core.job;

import org.jspecify.annotations.NullMarked;
