package io.flinkyarn.autoscaler.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

    /** The same options under longer keys. */
    Catalogue within(String start) {
        return new Catalogue(
                start + prefix,
                options.stream().<Option<?>>map(option -> option.within(start)).toList(),
                open.stream().map(start::concat).toList());
    }

    boolean knows(String key) {
        return find(key).isPresent() || belongsToPlugin(Entries.optionKey(key));
    }

    /** The option that a written key means. */
    Optional<Option<?>> find(String key) {
        String optionKey = Entries.optionKey(key);
        return options.stream()
                .<Option<?>>map(option -> option)
                .filter(option -> option.spellings().contains(optionKey))
                .findFirst();
    }

    /** Whether a key stands where only options of this catalogue may stand. */
    boolean claims(String key) {
        return withoutOldPrefix(key).startsWith(prefix);
    }

    /** The key that differs in the fewest characters; that {@code job.autoscaler.} was left out does not count. */
    String nearest(String key) {
        String wanted = withoutOldPrefix(Entries.optionKey(key));
        return options.stream()
                .flatMap(option -> option.spellings().stream())
                .filter(spelling -> !spelling.contains(Option.OLD_PREFIX))
                .min(Comparator.comparingInt(spelling -> Math.min(
                        EditDistance.between(wanted, spelling),
                        EditDistance.between(wanted, spelling.replace(JobOptions.PREFIX, "")))))
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
