package io.flinkyarn.autoscaler.flink;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.OptionalDouble;

/**
 * One metric as Flink answers: a value, or aggregates of it over subtasks or TaskManagers; none of them in a list of names. Flink writes
 * the value as text, and NaN and infinities too.
 */
record Metric(
        @JsonProperty(required = true) String id,
        OptionalDouble value,
        OptionalDouble min,
        OptionalDouble max,
        OptionalDouble avg,
        OptionalDouble sum) {}
