package io.flinkyarn.autoscaler.simulation;

import io.flinkyarn.autoscaler.config.PolicyReader;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who looks after the job.
 *
 * @param policy as its options make it; empty: nobody does, the job runs at what its peak needs
 */
record Contender(String name, Optional<ScalingPolicy> policy) {

    static final Contender DEFAULTS = of("defaults", Map.of());
    static final Contender FAST = of("fast", Map.of("metrics.window", "3 min", "stabilization.interval", "1 min"));
    static final Contender SCALABILITY = of("scalability", Map.of("observed-scalability.enabled", "true"));
    static final Contender STATIC = new Contender("static", Optional.empty());

    static final List<Contender> ALL = List.of(DEFAULTS, FAST, SCALABILITY, STATIC);

    /** @param options without their prefix; all others have their defaults */
    static Contender of(String name, Map<String, String> options) {
        Map<String, String> configuration = new HashMap<>();
        configuration.put("job.autoscaler.enabled", "true");
        options.forEach((key, value) -> configuration.put("job.autoscaler." + key, value));
        ScalingPolicy policy = PolicyReader.withoutDefaults(ZoneOffset.UTC)
                .read(configuration)
                .match(valid -> valid.policy(), invalid -> {
                    throw new IllegalArgumentException(invalid.problems().toString());
                });
        return new Contender(name, Optional.of(policy));
    }
}
