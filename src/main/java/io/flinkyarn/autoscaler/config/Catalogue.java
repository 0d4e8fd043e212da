package io.flinkyarn.autoscaler.config;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A set of options, in the order of the reference.
 *
 * @param open prefixes of keys with a free part: {@code <prefix>NAME.PARAM} belongs to a plugin
 */
record Catalogue(String prefix, List<Option<?>> options, List<String> open) {

    Catalogue {
        options = List.copyOf(options);
        open = List.copyOf(open);
    }

    Catalogue and(Catalogue other) {
        return new Catalogue(
                "",
                Stream.concat(options.stream(), other.options.stream()).toList(),
                Stream.concat(open.stream(), other.open.stream()).toList());
    }

    boolean knows(String key) {
        String optionKey = Entries.optionKey(key);
        return options.stream().anyMatch(option -> option.spellings().contains(optionKey)) || belongsToPlugin(key);
    }

    /** Whether a key stands where only options of this catalogue may stand. */
    boolean claims(String key) {
        return withoutOldPrefix(key).startsWith(prefix);
    }

    /** The key that differs in the fewest characters. */
    String nearest(String key) {
        String wanted = withoutOldPrefix(Entries.optionKey(key));
        return options.stream()
                .flatMap(option -> option.spellings().stream())
                .filter(spelling -> !spelling.startsWith(Option.OLD_PREFIX))
                .min(Comparator.comparingInt(spelling -> EditDistance.between(wanted, spelling)))
                .orElseThrow();
    }

    private boolean belongsToPlugin(String key) {
        String plain = withoutOldPrefix(key);
        return open.stream()
                .filter(plain::startsWith)
                .map(start -> plain.substring(start.length()))
                .anyMatch(rest -> rest.matches("[^.]+\\..+"));
    }

    private static String withoutOldPrefix(String key) {
        return key.startsWith(Option.OLD_PREFIX) ? key.substring(Option.OLD_PREFIX.length()) : key;
    }
}
