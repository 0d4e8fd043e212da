package io.flinkyarn.autoscaler.config;

import java.util.regex.Pattern;

/** Hides what must not be printed: passwords that somebody wrote into an address. */
public final class Secrets {

    private static final Pattern PARAMETER =
            Pattern.compile("(?i)(\\w*(?:password|passwd|pwd|secret|token)\\w*\\s*=)[^;&,)\\s]*");

    /** What stands before the host, all of it: a password may hold an @ or a colon, and there may be several hosts. */
    private static final Pattern USER_INFO = Pattern.compile("//(?:[^/?;\\s]*|[^=\\s]*)@");

    /** What the parameters of plugins may be called; an option of our own names a file or a variable instead. */
    private static final Pattern KEY = Pattern.compile("(?i).*(?:password|passwd|pwd|secret|token|api-?key)");

    private Secrets() {}

    /** The value of an option, all of which may be the secret. */
    static String mask(String key, String text) {
        return KEY.matcher(key).matches() ? "***" : mask(text);
    }

    /** A line of text, be it of a log: passwords in addresses and parameters are replaced. */
    public static String mask(String text) {
        String masked = PARAMETER.matcher(text).replaceAll("$1***");
        return USER_INFO.matcher(masked).replaceAll("//***@");
    }
}
