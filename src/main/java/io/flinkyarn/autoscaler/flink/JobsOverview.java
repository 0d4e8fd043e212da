package io.flinkyarn.autoscaler.flink;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** {@code /jobs/overview}. */
record JobsOverview(@JsonProperty(required = true) List<Job> jobs) {

    record Job(
            @JsonProperty(value = "jid", required = true) String id,
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String state) {}
}
