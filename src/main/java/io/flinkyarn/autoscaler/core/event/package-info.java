/**
 * What a person is told about a job.
 */
@NullMarked
package io.flinkyarn.autoscaler.core.event;

import org.jspecify.annotations.NullMarked;
