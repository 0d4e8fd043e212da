package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found in one place, and what of it is no setting. */
record Written(Layer layer, List<Problem> problems) {

    Written {
        problems = List.copyOf(problems);
    }

    /** Collects settings of one place, in the order in which they stand there. For one thread. */
    static final class Collector {

        private final Map<String, Setting> settings = new LinkedHashMap<>();
        private final List<Problem> problems = new ArrayList<>();

        void add(Setting setting) {
            if (!ConfigurationReader.ALL.knows(setting.key())) {
                problems.add(Problems.unknown(setting, ConfigurationReader.ALL.nearest(setting.key())));
            } else if (settings.containsKey(setting.key())) {
                problems.add(Problems.of(
                        setting,
                        "it is set twice, first to '%s' (%s); remove one"
                                .formatted(
                                        Secrets.mask(settings.get(setting.key()).text()),
                                        settings.get(setting.key()).origin())));
            } else if (setting.text().isBlank()) {
                problems.add(Problems.of(setting, "it has no value; give one, or remove it"));
            } else {
                settings.put(setting.key(), setting);
            }
        }

        void add(Problem problem) {
            problems.add(problem);
        }

        Written written() {
            return new Written(new Layer(settings), problems);
        }
    }
}
