package io.flinkyarn.autoscaler.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory sizes as Flink writes them: {@code 1g}, {@code 512 mb}, a bare number of bytes. A kilobyte has 1024 bytes. */
final class MemoryText {

    private static final String EXPECTED =
            "expected a memory size such as 4g, 512 mb or a number of bytes: whole, not negative";
    private static final Pattern AMOUNT_AND_UNIT = Pattern.compile("(\\d+)\\s*(\\p{L}*)");

    private record Unit(long bytes, String print, List<String> labels) {}

    /** The labels of Flink's MemorySize, largest unit first. */
    private static final List<Unit> UNITS = List.of(
            new Unit(1L << 40, "tb", List.of("t", "tb", "tebibytes")),
            new Unit(1L << 30, "gb", List.of("g", "gb", "gibibytes")),
            new Unit(1L << 20, "mb", List.of("m", "mb", "mebibytes")),
            new Unit(1L << 10, "kb", List.of("k", "kb", "kibibytes")),
            new Unit(1L, "bytes", List.of("", "b", "bytes")));

    private MemoryText() {}

    /** In bytes. */
    static long parse(String text) {
        Matcher matcher = AMOUNT_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        String label = matcher.group(2).toLowerCase(Locale.ROOT);
        Unit unit = UNITS.stream()
                .filter(u -> u.labels().contains(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        EXPECTED + ". The unit '" + matcher.group(2) + "' is none of b, kb, mb, gb, tb"));
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit.bytes());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(EXPECTED + ", and less than 8388608 tb", e);
        }
    }

    /** In the largest unit that leaves no rest. */
    static String print(long bytes) {
        Unit unit = UNITS.stream()
                .filter(u -> bytes != 0 && bytes % u.bytes() == 0)
                .findFirst()
                .orElse(UNITS.get(UNITS.size() - 1));
        return bytes / unit.bytes() + " " + unit.print();
    }
}
