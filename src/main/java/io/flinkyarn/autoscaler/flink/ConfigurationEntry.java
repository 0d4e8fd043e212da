package io.flinkyarn.autoscaler.flink;

import com.fasterxml.jackson.annotation.JsonProperty;

/** One line of {@code /jobmanager/config}. */
record ConfigurationEntry(
        @JsonProperty(required = true) String key,
        @JsonProperty(required = true) String value) {}
