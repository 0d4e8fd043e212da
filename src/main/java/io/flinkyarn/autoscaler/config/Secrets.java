package io.flinkyarn.autoscaler.config;

import java.util.regex.Pattern;

/** Hides what must not be printed: passwords that somebody wrote into an address. */
final class Secrets {

    private static final Pattern PASSWORD_PARAMETER =
            Pattern.compile("(?i)([?&;,]\\s*\\w*(?:password|passwd|pwd|secret|token)\\w*\\s*=)[^&;,]*");
    private static final Pattern PASSWORD_OF_AUTHORITY = Pattern.compile("(//[^/:@\\s]*:)[^@/\\s]*@");

    private Secrets() {}

    static String mask(String text) {
        String masked = PASSWORD_PARAMETER.matcher(text).replaceAll("$1***");
        return PASSWORD_OF_AUTHORITY.matcher(masked).replaceAll("$1***@");
    }
}
