package io.flinkyarn.autoscaler.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys of options that stand in the entries of a list: {@code clusters[0].name} is written by a user, {@code clusters[].name} is the option.
 */
final class Entries {

    private static final Pattern WRITTEN = Pattern.compile("([a-z.-]+)\\[(\\d+)]\\.(.+)");

    private Entries() {}

    /** How the keys of a list's options begin. */
    static String prefix(String list) {
        return list + "[].";
    }

    /** How the keys of one entry begin, as they are written. */
    static String prefix(String list, int entry) {
        return list + "[" + entry + "].";
    }

    /** Whether the key of an option is that of an entry of any list. */
    static boolean isOfList(String optionKey) {
        return optionKey.contains("[].");
    }

    /** The key of the option that a written key means. */
    static String optionKey(String written) {
        return WRITTEN.matcher(written).replaceFirst("$1[].$3");
    }

    /** The number of the entry that a written key belongs to; -1 for a key outside the list. */
    static int number(String list, String written) {
        Matcher matcher = WRITTEN.matcher(written);
        return matcher.matches() && matcher.group(1).equals(list) ? Integer.parseInt(matcher.group(2)) : -1;
    }
}
