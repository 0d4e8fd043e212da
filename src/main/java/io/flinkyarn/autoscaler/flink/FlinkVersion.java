package io.flinkyarn.autoscaler.flink;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a Flink version that tells what it can do. Distributions add to the end: 1.20.0-amzn-1. */
record FlinkVersion(int major, int minor) {

    private static final Pattern START = Pattern.compile("^(\\d{1,5})\\.(\\d{1,5})");

    /** Empty for a text that does not start with two numbers. */
    static Optional<FlinkVersion> of(String text) {
        Matcher start = START.matcher(text);
        if (!start.find()) {
            return Optional.empty();
        }
        return Optional.of(new FlinkVersion(Integer.parseInt(start.group(1)), Integer.parseInt(start.group(2))));
    }

    /** Whether {@code /jobs/:job/resource-requirements} exists (FLIP-291). */
    boolean hasResourceRequirements() {
        return major > 1 || (major == 1 && minor >= 18);
    }
}
