package io.flinkyarn.autoscaler.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that was written, the layer that wins first. A higher layer wins whichever spelling it uses; within one layer the new key wins over
 * the same with the old prefix, and that over deprecated keys.
 */
record Settings(List<Layer> layers) {

    /** Defaults only. */
    static final Settings NONE = new Settings(List.of());

    Settings {
        layers = List.copyOf(layers);
    }

    Settings below(Layer higher) {
        List<Layer> all = new ArrayList<>(List.of(higher));
        all.addAll(layers);
        return new Settings(all);
    }

    Optional<Setting> find(Option<?> option) {
        return layers.stream().flatMap(layer -> layer.find(option).stream()).findFirst();
    }

    /** What was written below a prefix of job options, by the rest of the key. */
    Map<String, Setting> under(String prefix) {
        Map<String, Setting> found = new TreeMap<>();
        for (int i = layers.size() - 1; i >= 0; i--) {
            for (String start : List.of(Option.OLD_PREFIX + prefix, prefix)) {
                layers.get(i).byKey().forEach((key, setting) -> {
                    if (key.startsWith(start)) {
                        found.put(key.substring(start.length()), setting);
                    }
                });
            }
        }
        return found;
    }

    /** How many entries of a list are written. */
    int entries(String list) {
        return layers.stream()
                        .flatMap(layer -> layer.byKey().keySet().stream())
                        .mapToInt(key -> Entries.number(list, key))
                        .max()
                        .orElse(-1)
                + 1;
    }

    /** What is written in one entry of a list, by the keys of its options. */
    Settings entry(String list, int number) {
        return new Settings(
                layers.stream().map(layer -> layer.entry(list, number)).toList());
    }

    /** Whether any of these options was set, in any layer. */
    boolean mention(List<Option<?>> options) {
        return options.stream().anyMatch(option -> find(option).isPresent());
    }
}
