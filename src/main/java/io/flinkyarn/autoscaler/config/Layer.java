package io.flinkyarn.autoscaler.config;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What was written in one place: the file, the environment, the command line, or the configuration of a Flink job. */
record Layer(Map<String, Setting> byKey) {

    Layer {
        byKey = Map.copyOf(byKey);
    }

    static Layer of(List<Setting> settings) {
        return new Layer(settings.stream().collect(toUnmodifiableMap(Setting::key, Function.identity())));
    }

    /** What is written in one entry of a list, by the keys of its options. */
    Layer entry(String list, int number) {
        return new Layer(byKey.entrySet().stream()
                .filter(written -> Entries.number(list, written.getKey()) == number)
                .collect(toUnmodifiableMap(written -> Entries.optionKey(written.getKey()), Map.Entry::getValue)));
    }

    /** The spelling that wins, of those that are here. */
    Optional<Setting> find(Option<?> option) {
        return option.spellings().stream()
                .filter(byKey::containsKey)
                .map(byKey::get)
                .findFirst();
    }
}
