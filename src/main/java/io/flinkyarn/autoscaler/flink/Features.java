package io.flinkyarn.autoscaler.flink;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/** {@code /config}: what this Flink is, and what its scheduler can do. {@code web-rescale} is true with the adaptive scheduler. */
record Features(
        @JsonProperty(value = "flink-version", required = true)
        String flinkVersion,

        Optional<Switches> features) {

    record Switches(@JsonProperty("web-rescale") boolean rescale) {}

    boolean rescale() {
        return features.map(Switches::rescale).orElse(false);
    }
}
