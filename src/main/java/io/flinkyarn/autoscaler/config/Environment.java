package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads options from environment variables: the key in capitals, with {@code _} for every dot and hyphen. Only names of known options are
 * taken back to a key, so it does no harm that dots and hyphens cannot be told apart. A variable without a value counts as not set. Other
 * variables, such as AUTOSCALER_HOME, are left alone.
 */
final class Environment {

    private static final List<String> PREFIXES = Stream.of(
                    ProcessOptions.PREFIX, JobOptions.PREFIX, Option.OLD_PREFIX + JobOptions.PREFIX)
            .map(Environment::variable)
            .toList();

    private Environment() {}

    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    static Written read(Map<String, String> environment) {
        Map<String, String> keys = keysByVariable();
        Written.Collector found = new Written.Collector();
        new TreeMap<>(environment).forEach((variable, value) -> {
            String key = keys.get(variable);
            if (key != null && !value.isBlank()) {
                found.add(new Setting(key, value, new Origin.Environment(variable)));
            } else if (key == null && PREFIXES.stream().anyMatch(variable::startsWith)) {
                found.add(new Problem(
                        variable,
                        "environment variable %s: there is no such option. The nearest is %s"
                                .formatted(variable, nearest(variable, keys))));
            }
        });
        return found.written();
    }

    /** Every variable that can set an option. Flags of one word, such as flinkClusterHost, are none, nor are entries of lists. */
    static Map<String, String> keysByVariable() {
        Map<String, String> keys = new TreeMap<>();
        ConfigurationReader.ALL.options().stream()
                .flatMap(option -> option.spellings().stream())
                .filter(spelling -> spelling.contains(".") && !Entries.isOfList(spelling))
                .forEach(spelling -> keys.put(variable(spelling), spelling));
        return keys;
    }

    private static String nearest(String variable, Map<String, String> keys) {
        return keys.keySet().stream()
                .min(Comparator.comparingInt(known -> EditDistance.between(variable, known)))
                .orElseThrow();
    }
}
