package io.flinkyarn.autoscaler.core.job;

import java.util.Locale;

/**
 * The id of a job vertex as Flink prints it.
 *
 * @param hex 32 hexadecimal digits, lower case
 */
public record VertexId(String hex) implements Comparable<VertexId> {

    public VertexId {
        hex = hex.toLowerCase(Locale.ROOT);
        if (!isValid(hex)) {
            throw new IllegalArgumentException("'" + hex + "' is no vertex id: expected 32 hexadecimal digits");
        }
    }

    /** Whether {@code text} can be the id of a vertex, whatever its case. */
    public static boolean isValid(String text) {
        return text.length() == 32 && text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    @Override
    public int compareTo(VertexId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
