/**
 * Talks to the REST API of Flink: lists jobs, reads samples, declares resource requirements.
 */
@NullMarked
package io.flinkyarn.autoscaler.flink;

import org.jspecify.annotations.NullMarked;
