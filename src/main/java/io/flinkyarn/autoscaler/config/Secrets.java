package io.flinkyarn.autoscaler.config;

import java.util.regex.Pattern;

/** Hides what must not be printed: passwords that somebody wrote into an address. */
final class Secrets {

    private static final Pattern PARAMETER =
            Pattern.compile("(?i)(\\w*(?:password|passwd|pwd|secret|token)\\w*\\s*=)[^;&,)\\s]*");

    /** What stands before the host, all of it: a password may hold an @ or a colon, and there may be several hosts. */
    private static final Pattern USER_INFO = Pattern.compile("//(?:[^/?;\\s]*|[^=\\s]*)@");

    private Secrets() {}

    static String mask(String text) {
        String masked = PARAMETER.matcher(text).replaceAll("$1***");
        return USER_INFO.matcher(masked).replaceAll("//***@");
    }
}
