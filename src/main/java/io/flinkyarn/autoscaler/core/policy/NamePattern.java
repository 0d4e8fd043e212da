package io.flinkyarn.autoscaler.core.policy;

/**
 * A pattern for the names of job vertices: {@code *} stands for any characters, also none; everything else for itself.
 *
 * @param text as the user wrote it
 */
public record NamePattern(String text) {

    /** Whether the whole name fits. Linear in practice: a star takes as little as it can, and only the last one is ever widened. */
    public boolean matches(String name) {
        int inText = 0;
        int inName = 0;
        int afterStar = -1;
        int starTook = 0;
        while (inName < name.length()) {
            if (inText < text.length() && text.charAt(inText) == '*') {
                afterStar = ++inText;
                starTook = inName;
            } else if (inText < text.length() && text.charAt(inText) == name.charAt(inName)) {
                inText++;
                inName++;
            } else if (afterStar >= 0) {
                inText = afterStar;
                inName = ++starTook;
            } else {
                return false;
            }
        }
        return text.chars().skip(inText).allMatch(c -> c == '*');
    }
}
